package io.azimuth.perception.inference.tensorrt.seam;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvinfer.BuilderFlag;
import org.bytedeco.tensorrt.global.nvinfer.MemoryPoolType;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.bytedeco.tensorrt.nvonnxparser.IParserError;

/**
 * One build, call by call: builder, network, parser, configuration, profile, plan. TensorRT 11:
 * networks are strongly typed, so precision stands in the ONNX file and no flag sets it. The parser
 * has no destructor that can be reached from here and stays: builds belong in a process of their
 * own ({@code tensorrt.build}).
 */
final class JavaCppBuild {
    private final ErrorLog log;
    private final List<Long> owned = new ArrayList<>();

    JavaCppBuild(ErrorLog log) {
        this.log = log;
    }

    BuildOutcome run(BuildRequest request) {
        log.forget();
        try {
            return build(request);
        } finally {
            for (int i = owned.size() - 1; i >= 0; i--) { // the builder last
                CppDelete.delete(owned.get(i));
            }
        }
    }

    private BuildOutcome build(BuildRequest request) {
        IBuilder builder = own("createInferBuilder", nvinfer.createInferBuilder(log));
        INetworkDefinition network = own("createNetworkV2", builder.createNetworkV2(0));
        IParser parser = some("createParser", nvonnxparser.createParser(network, log));
        try (BytePointer onnx = new BytePointer(request.onnx())) {
            if (!parser.parse(onnx, request.onnx().length)) {
                return BuildOutcome.unparsed(errors(parser), log.lines());
            }
            IBuilderConfig config = own("createBuilderConfig", builder.createBuilderConfig());
            configure(config, request);
            addProfile(builder, config, request);
            return serialize(builder, network, config, request);
        }
    }

    private static void configure(IBuilderConfig config, BuildRequest request) {
        config.setMemoryPoolLimit(MemoryPoolType.kWORKSPACE, request.workspaceBytes());
        config.setBuilderOptimizationLevel(request.optimizationLevel());
        config.setMaxAuxStreams(0); // one stream a context: what a graph captures is all there is
        if (request.tf32()) {
            config.setFlag(BuilderFlag.kTF32);
        } else {
            config.clearFlag(BuilderFlag.kTF32); // on by birth
        }
    }

    private static void addProfile(IBuilder builder, IBuilderConfig config, BuildRequest request) {
        if (request.profile().isEmpty()) {
            return;
        }
        IOptimizationProfile profile =
                some("createOptimizationProfile", builder.createOptimizationProfile());
        for (BuildRequest.Range range : request.profile()) {
            setShape(profile, range.input(), OptProfileSelector.kMIN, range.min());
            setShape(profile, range.input(), OptProfileSelector.kOPT, range.opt());
            setShape(profile, range.input(), OptProfileSelector.kMAX, range.max());
        }
        config.addOptimizationProfile(profile);
    }

    private static void setShape(
            IOptimizationProfile profile, String input, OptProfileSelector at, List<Long> shape) {
        try (Dims64 dims = JavaCppTrtNative.dims(shape.stream().mapToLong(d -> d).toArray())) {
            if (!profile.setDimensions(input, at, dims)) {
                throw new TrtFailure("setDimensions", TrtFailure.NULL_OBJECT, input + " " + shape);
            }
        }
    }

    private BuildOutcome serialize(
            IBuilder builder,
            INetworkDefinition network,
            IBuilderConfig config,
            BuildRequest request) {
        byte[] before = request.timingCache();
        try (BytePointer cached = new BytePointer(before)) {
            ITimingCache timing =
                    own("createTimingCache", config.createTimingCache(cached, before.length));
            config.setTimingCache(timing, false);
            IHostMemory plan = builder.buildSerializedNetwork(network, config);
            if (plan == null || plan.isNull()) {
                return new BuildOutcome(new byte[0], new byte[0], List.of(), log.lines());
            }
            owned.add(plan.address());
            IHostMemory learned = own("serialize", timing.serialize());
            return new BuildOutcome(bytes(plan), bytes(learned), List.of(), log.lines());
        }
    }

    private static List<String> errors(IParser parser) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < parser.getNbErrors(); i++) {
            IParserError error = parser.getError(i);
            out.add(
                    "node %d '%s', operator %s: %s"
                            .formatted(
                                    error.node(),
                                    error.nodeName(),
                                    error.nodeOperator(),
                                    error.desc()));
        }
        return out;
    }

    private static byte[] bytes(IHostMemory memory) {
        byte[] out = new byte[Math.toIntExact(memory.size())];
        new BytePointer(memory.data()).capacity(out.length).get(out);
        return out;
    }

    private <P extends Pointer> P own(String call, P object) {
        owned.add(some(call, object).address());
        return object;
    }

    private static <P extends Pointer> P some(String call, P object) {
        if (object == null || object.isNull()) {
            throw new TrtFailure(call, TrtFailure.NULL_OBJECT, "it gave no object");
        }
        return object;
    }
}
