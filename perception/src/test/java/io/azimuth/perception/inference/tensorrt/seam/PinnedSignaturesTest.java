package io.azimuth.perception.inference.tensorrt.seam;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Looks at the bindings' classes without running any: no native is loaded. */
class PinnedSignaturesTest {
    private static final String NVINFER = "org.bytedeco.tensorrt.nvinfer.";
    private static final String CUDART = "org.bytedeco.cuda.global.cudart";

    /** What the engine's correctness hangs on: return type, then name and parameters. */
    private static final List<String> EXPECTED =
            List.of(
                    "org.bytedeco.tensorrt.global.nvinfer int getInferLibVersion()",
                    "org.bytedeco.tensorrt.global.nvinfer IRuntime createInferRuntime(ILogger)",
                    "org.bytedeco.tensorrt.global.nvinfer IBuilder createInferBuilder(ILogger)",
                    NVINFER + "IBuilder INetworkDefinition createNetworkV2(int)",
                    NVINFER
                            + "IBuilder IHostMemory buildSerializedNetwork(INetworkDefinition,IBuilderConfig)",
                    NVINFER
                            + "IOptimizationProfile boolean setDimensions(String,OptProfileSelector,Dims64)",
                    NVINFER + "IBuilderConfig void setMemoryPoolLimit(MemoryPoolType,long)",
                    NVINFER + "IRuntime ICudaEngine deserializeCudaEngine(Pointer,long)",
                    NVINFER + "ICudaEngine IExecutionContext createExecutionContext()",
                    NVINFER + "IExecutionContext boolean setInputShape(String,Dims64)",
                    NVINFER + "IExecutionContext boolean setTensorAddress(String,Pointer)",
                    NVINFER + "IExecutionContext boolean enqueueV3(CUstream_st)",
                    "org.bytedeco.tensorrt.nvonnxparser.IParser boolean parse(Pointer,long)",
                    CUDART + " int cudaGetDeviceCount(int[])",
                    CUDART + " int cudaSetDevice(int)",
                    CUDART + " int cudaMalloc(Pointer,long)",
                    CUDART + " int cudaHostAlloc(Pointer,long,int)",
                    CUDART + " int cudaMemcpyAsync(Pointer,Pointer,long,int,CUstream_st)",
                    CUDART + " int cudaStreamCreateWithFlags(CUstream_st,int)",
                    CUDART + " int cudaEventQuery(CUevent_st)",
                    CUDART + " int cudaStreamBeginCapture(CUstream_st,int)",
                    CUDART + " int cudaStreamEndCapture(CUstream_st,CUgraph_st)",
                    CUDART + " int cudaGraphInstantiate(CUgraphExec_st,CUgraph_st)",
                    CUDART + " int cudaGraphLaunch(CUgraphExec_st,CUstream_st)");

    /** CUDA's numbers as its manual gives them; the bindings hold them as constants. */
    private static final Map<String, Integer> CONSTANTS =
            Map.of(
                    "cudaSuccess", 0,
                    "cudaErrorMemoryAllocation", TrtFailure.OUT_OF_MEMORY,
                    "cudaErrorInsufficientDriver", 35,
                    "cudaErrorNoDevice", 100,
                    "cudaErrorNotReady", 600,
                    "cudaErrorIllegalAddress", 700,
                    "cudaErrorLaunchFailure", 719,
                    "cudaMemcpyHostToDevice", 1,
                    "cudaMemcpyDeviceToHost", 2,
                    "cudaStreamNonBlocking", 1);

    private static final ClassLoader LOADER = PinnedSignaturesTest.class.getClassLoader();

    @Test
    void whatTheEngineHangsOnHasTheExpectedSignatures() throws ClassNotFoundException {
        for (String line : EXPECTED) {
            String[] words = line.split(" ", 3);
            Class<?> owner = Class.forName(words[0], false, LOADER);
            List<String> found = new ArrayList<>();
            for (Method method : owner.getDeclaredMethods()) {
                if (Modifier.isNative(method.getModifiers())) {
                    found.add(shortForm(method));
                }
            }
            assertThat(found).as(words[0]).contains(words[1] + " " + words[2]);
        }
    }

    private static String shortForm(Method method) {
        List<String> parameters = new ArrayList<>();
        for (Class<?> type : method.getParameterTypes()) {
            parameters.add(type.getSimpleName());
        }
        return "%s %s(%s)"
                .formatted(
                        method.getReturnType().getSimpleName(),
                        method.getName(),
                        String.join(",", parameters));
    }

    /** Every call that the compiled seam makes, found in its byte code. */
    @Test
    void everyCallOfTheSeamLeadsToAMethodOfThePinnedJars() throws Exception {
        JavaClasses seam =
                new ClassFileImporter()
                        .importPackages("io.azimuth.perception.inference.tensorrt.seam");
        TreeSet<String> called = new TreeSet<>();
        for (JavaClass c : seam) {
            for (JavaMethodCall call : c.getMethodCallsFromSelf()) {
                String owner = call.getTargetOwner().getFullName();
                if (owner.startsWith("org.bytedeco")) {
                    require(owner, call);
                    called.add(owner + "." + call.getName());
                }
            }
        }
        assertThat(called).hasSizeGreaterThan(60);
        assertThat(called).contains(NVINFER + "IExecutionContext.enqueueV3");
    }

    private static void require(String owner, JavaMethodCall call) throws Exception {
        List<Class<?>> parameters = new ArrayList<>();
        for (JavaClass type : call.getTarget().getRawParameterTypes()) {
            parameters.add(named(type.getFullName()));
        }
        Class<?> at = Class.forName(owner, false, LOADER);
        Method found = at.getMethod(call.getName(), parameters.toArray(Class[]::new));
        assertThat(found.getReturnType().getName())
                .isEqualTo(call.getTarget().getRawReturnType().getFullName());
    }

    private static Class<?> named(String name) throws ClassNotFoundException {
        return switch (name) {
            case "int" -> int.class;
            case "long" -> long.class;
            case "boolean" -> boolean.class;
            default -> Class.forName(name, false, LOADER);
        };
    }

    @Test
    void theJarsAreTheOnesThatThisWasWrittenFor() throws ClassNotFoundException {
        assertThat(jarOf(NVINFER + "IRuntime")).endsWith("tensorrt-11.2-1.5.14.jar");
        assertThat(jarOf(CUDART)).endsWith("cuda-13.3-9.25-1.5.14.jar");
        assertThat(jarOf("org.bytedeco.javacpp.Pointer")).endsWith("javacpp-1.5.14.jar");
        assertThat(LOADER.getResource("org/bytedeco/tensorrt/linux-x86_64/libjninvinfer.so"))
                .isNull();
    }

    private static String jarOf(String name) throws ClassNotFoundException {
        Class<?> c = Class.forName(name, false, LOADER);
        return c.getProtectionDomain().getCodeSource().getLocation().getPath();
    }

    /** Read from the class file: reading a static field would run the class's initializer. */
    @Test
    void cudasNumbersAreTheOnesThatTheEngineGoesBy() throws Exception {
        Map<String, Integer> found = ConstantsOf.ints(CUDART);

        assertThat(found).containsAllEntriesOf(CONSTANTS);
    }

    /** How objects are deleted (see CppDelete) leans on this method of JavaCPP's own. */
    @Test
    void theWayToDeleteObjectsIsThere() throws Exception {
        Class<?> pointer = Class.forName("org.bytedeco.javacpp.Pointer", false, LOADER);
        Method init =
                pointer.getDeclaredMethod("init", long.class, long.class, long.class, long.class);

        assertThat(init.getReturnType()).isEqualTo(void.class);
        assertThat(pointer.getDeclaredMethod("deallocate").getReturnType()).isEqualTo(void.class);
    }
}
