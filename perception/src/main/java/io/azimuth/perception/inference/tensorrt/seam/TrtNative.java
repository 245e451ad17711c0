package io.azimuth.perception.inference.tensorrt.seam;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The calls of TensorRT and CUDA that the engine makes, on handles: addresses of native objects. No
 * call decides anything, no handle may be used after its destruction. A call of CUDA that fails
 * throws {@link TrtFailure}; where TensorRT says no by null or false, so does this. The device is
 * that of the calling thread's last {@link #selectDevice}. Thread-safe, but a stream, an event, a
 * context and a graph belong to one thread at a time.
 */
public interface TrtNative {
    /** Versions of what is installed; needs no device. */
    TrtVersions versions();

    int deviceCount();

    TrtDevice device(int index);

    /** Of this thread from now on. */
    void selectDevice(int index);

    /** Free bytes of the selected device. */
    long freeMemory();

    /** Builds a plan: minutes of work, all of the selected device. */
    BuildOutcome build(BuildRequest request);

    long createRuntime();

    /**
     * A plan made executable.
     *
     * @param plan a direct buffer; runs as native code, so only ever one of our own
     * @return 0 if the runtime refuses it
     */
    long deserialize(long runtime, ByteBuffer plan);

    List<TrtTensor> tensors(long engine);

    /**
     * @return 0 if there is none, as without memory
     */
    long createContext(long engine);

    boolean setInputShape(long context, String input, long[] shape);

    boolean setTensorAddress(long context, String tensor, long deviceAddress);

    boolean enqueue(long context, long stream);

    void destroyContext(long context);

    void destroyEngine(long engine);

    void destroyRuntime(long runtime);

    long createStream();

    void destroyStream(long stream);

    long createEvent();

    void destroyEvent(long event);

    void recordEvent(long event, long stream);

    /** Whether all that was in the stream before the record is done. */
    boolean isDone(long event);

    long allocateDevice(long bytes);

    void freeDevice(long address);

    /** Memory of the host that the device can copy from and to by itself. */
    long allocateHost(long bytes);

    /** The same memory for Java, in native byte order. */
    ByteBuffer hostView(long address, long bytes);

    void freeHost(long address);

    void copyToDevice(long deviceAddress, long hostAddress, long bytes, long stream);

    void copyToHost(long hostAddress, long deviceAddress, long bytes, long stream);

    /** What is put into the stream from now on is recorded and not run. */
    void beginCapture(long stream);

    /**
     * @return the recorded graph
     */
    long endCapture(long stream);

    /**
     * @return a graph that can be launched
     */
    long instantiateGraph(long graph);

    void launchGraph(long executable, long stream);

    void destroyGraph(long graph);

    void destroyGraphExecutable(long executable);

    /** Takes the last error away, so that no later call reports it. */
    void clearError();

    /** What the library said last, errors only; empty if nothing. */
    List<String> log();
}
