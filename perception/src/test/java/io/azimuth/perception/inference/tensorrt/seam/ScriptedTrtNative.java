package io.azimuth.perception.inference.tensorrt.seam;

import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A device that is none: writes down every call, fails where a test tells it to, follows the life
 * of each handle, and knows which streams may still write. It answers runs with the first golden
 * output of the bundle, or what a subclass computes. What passes here shows that our logic keeps
 * the rules, not that TensorRT does. Thread-safe.
 */
public class ScriptedTrtNative implements TrtNative {
    private record Graph(long context, Map<String, long[]> shapes) {}

    /** What a context was told. */
    private static final class Context {
        final Map<String, long[]> shapes = new LinkedHashMap<>();
        final Map<String, Long> addresses = new LinkedHashMap<>();
    }

    private final HandleBook book = new HandleBook();
    private final Map<String, ModelBundle> bundles = new ConcurrentHashMap<>();
    private final CallLog log = new CallLog();
    private final ScriptedMemory memory = new ScriptedMemory(book);
    private final Map<Long, ModelBundle> engines = new ConcurrentHashMap<>();
    private final Map<Long, Long> engineOf = new ConcurrentHashMap<>();
    private final Map<Long, Context> contexts = new ConcurrentHashMap<>();
    private final Map<Long, Graph> graphs = new ConcurrentHashMap<>();
    private final Map<Long, Graph> capturing = new ConcurrentHashMap<>();
    private final Map<Long, Long> eventStream = new ConcurrentHashMap<>();
    private final ThreadLocal<Integer> selected = new ThreadLocal<>();

    /** Builds so far. */
    public final AtomicInteger builds = new AtomicInteger();

    /** Plans that were handed to the runtime. */
    public final AtomicInteger deserialized = new AtomicInteger();

    /** Runs that the device did. */
    public final AtomicInteger executed = new AtomicInteger();

    private volatile int contextsThatFit = Integer.MAX_VALUE;
    private volatile boolean hangs;
    private volatile int refusedPlans;
    private volatile int emptyBuilds;
    private volatile List<String> parseErrors = List.of();
    private volatile boolean capturable = true;
    private volatile TrtVersions versions = new TrtVersions(110201, 110201, 13030, 13030);
    private volatile List<TrtDevice> devices =
            List.of(new TrtDevice(0, "Scripted", 9, 0, 132, 1L << 37, "0000:01:00"));

    public ScriptedTrtNative(ModelBundle... known) {
        for (ModelBundle bundle : known) {
            bundle.precisions().forEach(p -> bundles.put(bundle.at(p).sha256(), bundle.at(p)));
        }
    }

    // what a test tells it

    /** The call with this number, from 1, fails with the code. */
    public void failAt(int call, int code) {
        log.fail(k -> k == call ? code : 0);
    }

    /** From this call on the device is lost: everything fails with the code. */
    public void failFrom(int call, int code) {
        log.fail(k -> k >= call ? code : 0);
    }

    public void hang(boolean on) {
        hangs = on;
    }

    public void contextsThatFit(int number) {
        contextsThatFit = number;
    }

    public void refusePlans(int number) {
        refusedPlans = number;
    }

    public void emptyBuilds(int number) {
        emptyBuilds = number;
    }

    public void parseErrors(String... errors) {
        parseErrors = List.of(errors);
    }

    public void capturable(boolean on) {
        capturable = on;
    }

    public void host(TrtVersions v, TrtDevice... found) {
        versions = v;
        devices = List.of(found);
    }

    // what a test asks it

    public List<String> calls() {
        return log.calls();
    }

    /** What was done wrong with handles; empty if all rules were kept. */
    public List<String> wrong() {
        return book.wrong();
    }

    /** Kinds of the handles that are not destroyed. */
    public List<String> alive() {
        return book.alive();
    }

    /**
     * Called for each run.
     *
     * @param in by name, {@code rows} rows each
     */
    protected void compute(
            ModelBundle bundle,
            int rows,
            Map<String, FloatBuffer> in,
            Map<String, FloatBuffer> out) {
        ModelBundle.GoldenRun golden = bundle.goldenRuns().get(0);
        List<TensorSpec> outputs = bundle.manifest().outputs();
        for (int i = 0; i < outputs.size(); i++) {
            float[] values = golden.outputs().get(i);
            FloatBuffer to = out.get(outputs.get(i).name());
            to.put(0, values, 0, Math.min(values.length, to.capacity()));
        }
    }

    /** The type of a tensor in the plan. */
    protected TrtType typeOf(TensorSpec spec) {
        return TrtType.FLOAT32;
    }

    // the seam

    private void onDevice(String call) {
        if (selected.get() == null) {
            book.blame(call + " without a device on this thread");
        }
    }

    @Override
    public TrtVersions versions() {
        log.step("versions");
        return versions;
    }

    @Override
    public int deviceCount() {
        log.step("deviceCount");
        return devices.size();
    }

    @Override
    public TrtDevice device(int index) {
        log.step("device");
        return devices.get(index);
    }

    @Override
    public void selectDevice(int index) {
        log.step("selectDevice");
        selected.set(index);
    }

    @Override
    public long freeMemory() {
        onDevice("freeMemory");
        log.step("freeMemory");
        return 1L << 36;
    }

    @Override
    public BuildOutcome build(BuildRequest request) {
        onDevice("build");
        builds.incrementAndGet();
        if (log.refused("build") || emptyBuilds > 0) {
            emptyBuilds--;
            return new BuildOutcome(new byte[0], new byte[0], List.of(), List.of("no memory"));
        }
        if (!parseErrors.isEmpty()) {
            return BuildOutcome.unparsed(parseErrors, List.of());
        }
        return new BuildOutcome(sha256(request.onnx()), new byte[] {7}, List.of(), List.of());
    }

    @Override
    public long createRuntime() {
        onDevice("createRuntime");
        return log.refused("createRuntime") ? 0 : book.open("runtime");
    }

    @Override
    public long deserialize(long runtime, ByteBuffer plan) {
        book.use("runtime", runtime, "deserialize");
        onDevice("deserialize");
        deserialized.incrementAndGet();
        byte[] bytes = new byte[plan.remaining()];
        plan.duplicate().get(bytes);
        ModelBundle bundle =
                bundles.get(new String(bytes, java.nio.charset.StandardCharsets.US_ASCII));
        if (bundle == null) {
            throw new AssertionError("a plan that was never built was deserialized");
        }
        if (log.refused("deserialize") || refusedPlans > 0) {
            refusedPlans--;
            return 0;
        }
        long engine = book.open("engine");
        engines.put(engine, bundle);
        return engine;
    }

    @Override
    public List<TrtTensor> tensors(long engine) {
        book.use("engine", engine, "tensors");
        log.code("tensors");
        List<TrtTensor> out = new ArrayList<>();
        engines.get(engine).manifest().inputs().forEach(s -> out.add(tensor(s, true)));
        engines.get(engine).manifest().outputs().forEach(s -> out.add(tensor(s, false)));
        return out;
    }

    private TrtTensor tensor(TensorSpec spec, boolean input) {
        List<Long> shape = spec.shape().stream().map(Integer::longValue).toList();
        return new TrtTensor(spec.name(), input, typeOf(spec), shape);
    }

    @Override
    public long createContext(long engine) {
        book.use("engine", engine, "createContext");
        onDevice("createContext");
        if (log.refused("createContext") || contexts.size() >= contextsThatFit) {
            return 0;
        }
        long context = book.open("context");
        contexts.put(context, new Context());
        engineOf.put(context, engine);
        return context;
    }

    @Override
    public boolean setInputShape(long context, String input, long[] shape) {
        book.use("context", context, "setInputShape");
        if (log.refused("setInputShape")) {
            return false;
        }
        contexts.get(context).shapes.put(input, shape.clone());
        return shape[0] <= engines.get(engineOf.get(context)).manifest().limits().maxBatch();
    }

    @Override
    public boolean setTensorAddress(long context, String tensor, long deviceAddress) {
        book.use("context", context, "setTensorAddress");
        book.use(ScriptedMemory.DEVICE, deviceAddress, "setTensorAddress");
        if (log.refused("setTensorAddress")) {
            return false;
        }
        contexts.get(context).addresses.put(tensor, deviceAddress);
        return true;
    }

    @Override
    public boolean enqueue(long context, long stream) {
        book.use("context", context, "enqueue");
        book.use("stream", stream, "enqueue");
        onDevice("enqueue");
        if (log.refused("enqueue")) {
            return false;
        }
        Context of = contexts.get(context);
        if (capturing.containsKey(stream)) {
            capturing.put(stream, new Graph(context, new LinkedHashMap<>(of.shapes)));
            return true;
        }
        memory.work(stream);
        execute(context, of.shapes, stream);
        return true;
    }

    private void execute(long context, Map<String, long[]> shapes, long stream) {
        executed.incrementAndGet();
        Context of = contexts.get(context);
        ModelBundle bundle = engines.get(engineOf.get(context));
        int rows = (int) shapes.get(bundle.manifest().inputs().get(0).name())[0];
        Map<String, FloatBuffer> in = new LinkedHashMap<>();
        Map<String, FloatBuffer> out = new LinkedHashMap<>();
        Map<TensorSpec, ByteBuffer> raw = new LinkedHashMap<>();
        for (TensorSpec spec : bundle.manifest().inputs()) {
            ByteBuffer from = at(of, spec, stream);
            in.put(spec.name(), TensorValues.floats(typeOf(spec), from, rows * spec.rowElements()));
        }
        for (TensorSpec spec : bundle.manifest().outputs()) {
            raw.put(spec, at(of, spec, stream));
            out.put(spec.name(), FloatBuffer.allocate(rows * spec.rowElements()));
        }
        compute(bundle, rows, in, out);
        raw.forEach((spec, to) -> TensorValues.store(typeOf(spec), out.get(spec.name()), to));
    }

    private ByteBuffer at(Context of, TensorSpec spec, long stream) {
        Long address = of.addresses.get(spec.name());
        if (address == null) {
            throw new AssertionError("no address of " + spec.name());
        }
        return memory.onDevice(address, stream);
    }

    @Override
    public void destroyContext(long context) {
        book.close("context", context, "destroyContext");
        log.code("destroyContext");
        contexts.remove(context);
    }

    @Override
    public void destroyEngine(long engine) {
        book.close("engine", engine, "destroyEngine");
        log.code("destroyEngine");
        if (book.alive().contains("context") && engineOf.containsValue(engine)) {
            contexts.keySet().stream()
                    .filter(c -> engineOf.get(c) == engine)
                    .forEach(c -> book.blame("destroyEngine before its context " + c));
        }
    }

    @Override
    public void destroyRuntime(long runtime) {
        book.close("runtime", runtime, "destroyRuntime");
        log.code("destroyRuntime");
        if (book.alive().contains("engine")) {
            book.blame("destroyRuntime before its engines");
        }
    }

    @Override
    public long createStream() {
        onDevice("createStream");
        log.step("createStream");
        return book.open("stream");
    }

    @Override
    public void destroyStream(long stream) {
        book.close("stream", stream, "destroyStream");
        log.step("destroyStream");
    }

    @Override
    public long createEvent() {
        onDevice("createEvent");
        log.step("createEvent");
        return book.open("event");
    }

    @Override
    public void destroyEvent(long event) {
        book.close("event", event, "destroyEvent");
        log.step("destroyEvent");
    }

    @Override
    public void recordEvent(long event, long stream) {
        book.use("event", event, "recordEvent");
        book.use("stream", stream, "recordEvent");
        log.step("recordEvent");
        eventStream.put(event, stream);
    }

    @Override
    public boolean isDone(long event) {
        book.use("event", event, "isDone");
        log.step("isDone");
        if (hangs) {
            return false;
        }
        memory.done(eventStream.get(event));
        return true;
    }

    @Override
    public long allocateDevice(long bytes) {
        onDevice("allocateDevice");
        log.step("allocateDevice");
        return memory.allocate(ScriptedMemory.DEVICE, bytes);
    }

    @Override
    public long allocateHost(long bytes) {
        onDevice("allocateHost");
        log.step("allocateHost");
        return memory.allocate(ScriptedMemory.HOST, bytes);
    }

    @Override
    public void freeDevice(long address) {
        memory.free(ScriptedMemory.DEVICE, address, "freeDevice");
        log.step("freeDevice");
    }

    @Override
    public ByteBuffer hostView(long address, long bytes) {
        return memory.hostView(address);
    }

    @Override
    public void freeHost(long address) {
        memory.free(ScriptedMemory.HOST, address, "freeHost");
        log.step("freeHost");
    }

    @Override
    public void copyToDevice(long deviceAddress, long hostAddress, long bytes, long stream) {
        copy("copyToDevice", deviceAddress, hostAddress, bytes, stream);
    }

    @Override
    public void copyToHost(long hostAddress, long deviceAddress, long bytes, long stream) {
        copy("copyToHost", hostAddress, deviceAddress, bytes, stream);
    }

    private void copy(String call, long to, long from, long bytes, long stream) {
        boolean down = call.equals("copyToDevice");
        book.use(down ? ScriptedMemory.DEVICE : ScriptedMemory.HOST, to, call);
        book.use(down ? ScriptedMemory.HOST : ScriptedMemory.DEVICE, from, call);
        book.use("stream", stream, call);
        onDevice(call);
        log.step(call);
        memory.copy(to, from, bytes, stream);
    }

    @Override
    public void beginCapture(long stream) {
        book.use("stream", stream, "beginCapture");
        log.step("beginCapture");
        capturing.put(stream, new Graph(0, Map.of()));
    }

    @Override
    public long endCapture(long stream) {
        book.use("stream", stream, "endCapture");
        Graph recorded = capturing.remove(stream);
        log.step("endCapture");
        if (recorded == null || recorded.context == 0 || !capturable) {
            throw new TrtFailure("endCapture", 901, "nothing that can be recorded");
        }
        long graph = book.open("graph");
        graphs.put(graph, recorded);
        return graph;
    }

    @Override
    public long instantiateGraph(long graph) {
        book.use("graph", graph, "instantiateGraph");
        log.step("instantiateGraph");
        long executable = book.open("executable graph");
        graphs.put(executable, graphs.get(graph));
        return executable;
    }

    @Override
    public void launchGraph(long executable, long stream) {
        book.use("executable graph", executable, "launchGraph");
        book.use("stream", stream, "launchGraph");
        onDevice("launchGraph");
        log.step("launchGraph");
        memory.work(stream);
        Graph graph = graphs.get(executable);
        book.use("context", graph.context, "launchGraph");
        if (!sameShapes(graph)) {
            book.blame("launchGraph after a change of shape");
        }
        execute(graph.context, graph.shapes, stream);
    }

    private boolean sameShapes(Graph graph) {
        Map<String, long[]> now = contexts.get(graph.context).shapes;
        return now.entrySet().stream()
                .allMatch(e -> Arrays.equals(e.getValue(), graph.shapes.get(e.getKey())));
    }

    @Override
    public void destroyGraph(long graph) {
        book.close("graph", graph, "destroyGraph");
        log.step("destroyGraph");
    }

    @Override
    public void destroyGraphExecutable(long executable) {
        book.close("executable graph", executable, "destroyGraphExecutable");
        log.step("destroyGraphExecutable");
    }

    @Override
    public void clearError() {
        log.code("clearError");
    }

    @Override
    public List<String> log() {
        return List.of("scripted log");
    }

    private static byte[] sha256(byte[] data) {
        try {
            byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(data);
            return java.util.HexFormat.of()
                    .formatHex(digest)
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
