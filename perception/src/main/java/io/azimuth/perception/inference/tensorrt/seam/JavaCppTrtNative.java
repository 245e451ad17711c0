package io.azimuth.perception.inference.tensorrt.seam;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;
import org.bytedeco.tensorrt.nvinfer.IRuntime;

/**
 * The real thing: each method one call, its arguments and its result turned, nothing decided. Its
 * making loads the natives and may end the process: make it only where a probe in another process
 * has succeeded.
 */
public final class JavaCppTrtNative implements TrtNative {
    /** Called by native threads as long as the process lives: collected, it would crash them. */
    private static final ErrorLog LOG = new ErrorLog();

    @Override
    public TrtVersions versions() {
        int[] runtime = new int[1];
        int[] driver = new int[1];
        check("cudaRuntimeGetVersion", cudart.cudaRuntimeGetVersion(runtime));
        check("cudaDriverGetVersion", cudart.cudaDriverGetVersion(driver));
        return new TrtVersions(
                nvinfer.getInferLibVersion(),
                nvonnxparser.getNvOnnxParserVersion(),
                runtime[0],
                driver[0]);
    }

    @Override
    public int deviceCount() {
        int[] count = new int[1];
        check("cudaGetDeviceCount", cudart.cudaGetDeviceCount(count));
        return count[0];
    }

    @Override
    public TrtDevice device(int index) {
        try (cudaDeviceProp p = new cudaDeviceProp()) {
            check("cudaGetDeviceProperties", cudart.cudaGetDeviceProperties(p, index));
            return new TrtDevice(
                    index,
                    p.name().getString(),
                    p.major(),
                    p.minor(),
                    p.multiProcessorCount(),
                    p.totalGlobalMem(),
                    "%04x:%02x:%02x".formatted(p.pciDomainID(), p.pciBusID(), p.pciDeviceID()));
        }
    }

    @Override
    public void selectDevice(int index) {
        check("cudaSetDevice", cudart.cudaSetDevice(index));
    }

    @Override
    public long freeMemory() {
        try (SizeTPointer free = new SizeTPointer(1);
                SizeTPointer all = new SizeTPointer(1)) {
            check("cudaMemGetInfo", cudart.cudaMemGetInfo(free, all));
            return free.get();
        }
    }

    @Override
    public BuildOutcome build(BuildRequest request) {
        return new JavaCppBuild(LOG).run(request);
    }

    @Override
    public long createRuntime() {
        return address(nvinfer.createInferRuntime(LOG));
    }

    @Override
    public long deserialize(long runtime, ByteBuffer plan) {
        IRuntime from = new IRuntime(new Address(runtime));
        return address(from.deserializeCudaEngine(new Pointer(plan), plan.remaining()));
    }

    @Override
    public List<TrtTensor> tensors(long engine) {
        ICudaEngine of = new ICudaEngine(new Address(engine));
        List<TrtTensor> out = new ArrayList<>();
        for (int i = 0; i < of.getNbIOTensors(); i++) {
            String name = of.getIOTensorName(i);
            Dims64 dims = of.getTensorShape(name);
            List<Long> shape = new ArrayList<>();
            for (int d = 0; d < dims.nbDims(); d++) {
                shape.add(dims.d(d));
            }
            boolean input = of.getTensorIOMode(name).intern() == nvinfer.TensorIOMode.kINPUT;
            out.add(new TrtTensor(name, input, type(name, of.getTensorDataType(name)), shape));
        }
        return out;
    }

    @Override
    public long createContext(long engine) {
        return address(new ICudaEngine(new Address(engine)).createExecutionContext());
    }

    @Override
    public boolean setInputShape(long context, String input, long[] shape) {
        try (Dims64 dims = dims(shape)) {
            return context(context).setInputShape(input, dims);
        }
    }

    @Override
    public boolean setTensorAddress(long context, String tensor, long deviceAddress) {
        return context(context).setTensorAddress(tensor, new Address(deviceAddress));
    }

    @Override
    public boolean enqueue(long context, long stream) {
        return context(context).enqueueV3(stream(stream));
    }

    @Override
    public void destroyContext(long context) {
        CppDelete.delete(context);
    }

    @Override
    public void destroyEngine(long engine) {
        CppDelete.delete(engine);
    }

    @Override
    public void destroyRuntime(long runtime) {
        CppDelete.delete(runtime);
    }

    @Override
    public long createStream() {
        CUstream_st out = new CUstream_st();
        int flags = cudart.cudaStreamNonBlocking;
        check("cudaStreamCreateWithFlags", cudart.cudaStreamCreateWithFlags(out, flags));
        return out.address();
    }

    @Override
    public void destroyStream(long stream) {
        check("cudaStreamDestroy", cudart.cudaStreamDestroy(stream(stream)));
    }

    @Override
    public long createEvent() {
        CUevent_st out = new CUevent_st();
        int flags = cudart.cudaEventDisableTiming;
        check("cudaEventCreateWithFlags", cudart.cudaEventCreateWithFlags(out, flags));
        return out.address();
    }

    @Override
    public void destroyEvent(long event) {
        check("cudaEventDestroy", cudart.cudaEventDestroy(event(event)));
    }

    @Override
    public void recordEvent(long event, long stream) {
        check("cudaEventRecord", cudart.cudaEventRecord(event(event), stream(stream)));
    }

    @Override
    public boolean isDone(long event) {
        int code = cudart.cudaEventQuery(event(event));
        if (code == cudart.cudaErrorNotReady) {
            return false;
        }
        check("cudaEventQuery", code);
        return true;
    }

    @Override
    public long allocateDevice(long bytes) {
        Pointer out = new Pointer();
        check("cudaMalloc", cudart.cudaMalloc(out, bytes));
        return out.address();
    }

    @Override
    public void freeDevice(long address) {
        check("cudaFree", cudart.cudaFree(new Address(address)));
    }

    @Override
    public long allocateHost(long bytes) {
        Pointer out = new Pointer();
        check("cudaHostAlloc", cudart.cudaHostAlloc(out, bytes, cudart.cudaHostAllocDefault));
        return out.address();
    }

    @Override
    public ByteBuffer hostView(long address, long bytes) {
        BytePointer all = new BytePointer(new Address(address)).capacity(bytes);
        return all.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    @Override
    public void freeHost(long address) {
        check("cudaFreeHost", cudart.cudaFreeHost(new Address(address)));
    }

    @Override
    public void copyToDevice(long deviceAddress, long hostAddress, long bytes, long stream) {
        copy(deviceAddress, hostAddress, bytes, cudart.cudaMemcpyHostToDevice, stream);
    }

    @Override
    public void copyToHost(long hostAddress, long deviceAddress, long bytes, long stream) {
        copy(hostAddress, deviceAddress, bytes, cudart.cudaMemcpyDeviceToHost, stream);
    }

    @Override
    public void beginCapture(long stream) {
        int mode = cudart.cudaStreamCaptureModeThreadLocal;
        check("cudaStreamBeginCapture", cudart.cudaStreamBeginCapture(stream(stream), mode));
    }

    @Override
    public long endCapture(long stream) {
        CUgraph_st out = new CUgraph_st();
        check("cudaStreamEndCapture", cudart.cudaStreamEndCapture(stream(stream), out));
        return out.address();
    }

    @Override
    public long instantiateGraph(long graph) {
        CUgraphExec_st out = new CUgraphExec_st();
        CUgraph_st from = new CUgraph_st(new Address(graph));
        check("cudaGraphInstantiate", cudart.cudaGraphInstantiate(out, from));
        return out.address();
    }

    @Override
    public void launchGraph(long executable, long stream) {
        CUgraphExec_st graph = new CUgraphExec_st(new Address(executable));
        check("cudaGraphLaunch", cudart.cudaGraphLaunch(graph, stream(stream)));
    }

    @Override
    public void destroyGraph(long graph) {
        CUgraph_st at = new CUgraph_st(new Address(graph));
        check("cudaGraphDestroy", cudart.cudaGraphDestroy(at));
    }

    @Override
    public void destroyGraphExecutable(long executable) {
        CUgraphExec_st at = new CUgraphExec_st(new Address(executable));
        check("cudaGraphExecDestroy", cudart.cudaGraphExecDestroy(at));
    }

    @Override
    public void clearError() {
        cudart.cudaGetLastError();
    }

    @Override
    public List<String> log() {
        return LOG.lines();
    }

    static Dims64 dims(long[] shape) {
        Dims64 out = new Dims64().nbDims(shape.length);
        for (int i = 0; i < shape.length; i++) {
            out.d(i, shape[i]);
        }
        return out;
    }

    private static TrtType type(String tensor, nvinfer.DataType found) {
        return switch (found.intern()) {
            case kFLOAT -> TrtType.FLOAT32;
            case kHALF -> TrtType.FLOAT16;
            case kINT8 -> TrtType.INT8;
            case kINT32 -> TrtType.INT32;
            default ->
                    throw new TrtFailure(
                            "getTensorDataType", TrtFailure.NULL_OBJECT, tensor + " is " + found);
        };
    }

    private static void copy(long to, long from, long bytes, int kind, long stream) {
        int code =
                cudart.cudaMemcpyAsync(
                        new Address(to), new Address(from), bytes, kind, stream(stream));
        check("cudaMemcpyAsync", code);
    }

    private static IExecutionContext context(long address) {
        return new IExecutionContext(new Address(address));
    }

    private static CUstream_st stream(long address) {
        return new CUstream_st(new Address(address));
    }

    private static CUevent_st event(long address) {
        return new CUevent_st(new Address(address));
    }

    private static long address(Pointer object) {
        return object == null ? 0 : object.address();
    }

    private static void check(String call, int code) {
        if (code != cudart.cudaSuccess) {
            throw new TrtFailure(call, code, cudart.cudaGetErrorString(code).getString());
        }
    }
}
