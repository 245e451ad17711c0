package io.azimuth.perception.inference.tensorrt.seam;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Deletes TensorRT's objects. Since TensorRT 10 they have no {@code destroy}, and JavaCPP's {@code
 * deallocate} does nothing on them (javacpp-presets, issue 1699). All of them derive from {@code
 * INoCopy}, whose first virtual function is the destructor, so by the Itanium C++ ABI the second
 * entry of the object's table of functions deletes it; JavaCPP calls it as it calls any other
 * deallocator.
 */
final class CppDelete {
    private static final int DELETING_DESTRUCTOR = 1;

    private CppDelete() {}

    /** Deletes the object at the address; what it owns goes with it. */
    static void delete(long address) {
        long functions = longAt(address, 0);
        long destructor = longAt(functions, DELETING_DESTRUCTOR);
        Pointer owner = new Pointer();
        try {
            // as native code tells a new pointer: address, elements, owner, deallocator
            Method init =
                    Pointer.class.getDeclaredMethod(
                            "init", long.class, long.class, long.class, long.class);
            init.setAccessible(true);
            init.invoke(owner, address, 1L, address, destructor);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("JavaCPP has changed: " + e.getMessage(), e);
        }
        owner.deallocate();
    }

    private static long longAt(long address, int index) {
        return new LongPointer(new Address(address)).get(index);
    }
}
