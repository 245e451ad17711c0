package io.azimuth.registration.pcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the engine says of PCL where it is, where it is half there, and where it is not. */
class PclRuntimeTest {
    private static final String FOLDER = "io/azimuth/registration/pcl/linux-x86_64";
    private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();

    @TempDir private Path folder;

    /** The one test that a build which must have PCL cannot skip. */
    @Test
    void pclIsUsableWhereItIsRequired() {
        if (Boolean.getBoolean("azimuth.pcl.required")) {
            assertThat(PclRuntime.probe()).isEqualTo(PclStatus.usable("1.13.0"));
        }
        assertThat(PclRuntime.probe()).isSameAs(PclRuntime.probe());
    }

    @Test
    void aBuildWithoutTheNativePartSaysHowToBuildIt() throws Exception {
        Path bare = folder.resolve("classes");
        copy(CLASSES, bare, ".class");

        ForkedJvm.Remains jvm =
                new ForkedJvm().withClassesInstead(CLASSES, bare).run(Probe.class, folder);

        assertThat(jvm.exitStatus()).as(jvm.tail()).isZero();
        assertThat(jvm.tail())
                .contains("available false, missing []", "this build has no native part")
                .contains("refused: refiner pcl-gicp needs PCL 1.13, not usable here")
                .contains(
                        "install: apt-get install --no-install-recommends libpcl-registration1.13")
                .contains("the same again", "alive");
    }

    @Test
    @ExtendWith(RequiresPcl.class)
    void aMissingLibraryIsNamed() throws Exception {
        Path patched = folder.resolve("patched");
        copy(CLASSES.resolve(FOLDER), patched.resolve(FOLDER), ".so");
        Path library = patched.resolve(FOLDER).resolve("libazpcl.so");
        replace(library, "libpcl_filters.so.1.13", "libpcl_filterX.so.1.13");

        ForkedJvm.Remains jvm = new ForkedJvm().withClassesFirst(patched).run(Probe.class, folder);

        assertThat(jvm.exitStatus()).as(jvm.tail()).isZero();
        assertThat(jvm.tail())
                .contains("available false, missing [libpcl_filterX.so.1.13]")
                .contains("libpcl_filterX.so.1.13: cannot open shared object file")
                .contains("refused: refiner pcl-gicp needs PCL 1.13")
                .contains("the same again", "alive");
    }

    @Test
    @ExtendWith(RequiresPcl.class)
    void aForeignBuildIsNotTrusted() throws Exception {
        Path patched = folder.resolve("patched");
        copy(CLASSES.resolve(FOLDER), patched.resolve(FOLDER), ".so");
        replace(patched.resolve(FOLDER).resolve("libazpcl.so"), "1.13.0\0", "1.12.9\0");

        ForkedJvm.Remains jvm = new ForkedJvm().withClassesFirst(patched).run(Probe.class, folder);

        assertThat(jvm.exitStatus()).as(jvm.tail()).isZero();
        assertThat(jvm.tail())
                .contains("available false")
                .contains("interface 1 over PCL 1.12.9, expected 1 over 1.13.0", "alive");
    }

    @Test
    @ExtendWith(RequiresPcl.class)
    void theLibraryUsesNoInstructionBeyondTheBaseline() throws Exception {
        Path listing = folder.resolve("listing.txt");
        int status =
                new ProcessBuilder(
                                "objdump",
                                "-d",
                                CLASSES.resolve(FOLDER).resolve("libazpcl.so").toString())
                        .redirectOutput(listing.toFile())
                        .start()
                        .waitFor();

        assertThat(status).isZero();
        try (var lines = Files.lines(listing)) {
            assertThat(lines.filter(line -> line.contains("%ymm") || line.contains("%zmm")).count())
                    .isZero();
        }
    }

    @Test
    @ExtendWith(RequiresPcl.class)
    void nothingIsCompiledAgainUnlessItChanged() throws Exception {
        int upToDate =
                new ProcessBuilder(
                                "make",
                                "--question",
                                "-C",
                                Path.of("src", "main", "cpp").toAbsolutePath().toString(),
                                "OBJ=" + Path.of("target", "pcl").toAbsolutePath(),
                                "OUT=" + CLASSES.resolve(FOLDER))
                        .start()
                        .waitFor();

        assertThat(upToDate).isZero();
    }

    private static void replace(Path file, String text, String by) throws Exception {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(text);
        Files.writeString(file, bytes.replace(text, by), StandardCharsets.ISO_8859_1);
    }

    private static void copy(Path from, Path to, String suffix) throws Exception {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws java.io.IOException {
                        if (file.toString().endsWith(suffix)) {
                            Path target = to.resolve(from.relativize(file));
                            Files.createDirectories(target.getParent());
                            Files.copy(file, target);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** Asks twice, demands once, and lives. */
    static final class Probe {
        public static void main(String[] args) {
            PclStatus first = PclRuntime.probe();
            System.out.printf(
                    "available %s, missing %s, reason %s%n",
                    first.available(), first.missing(), first.reason());
            try {
                PclRuntime.require("refiner pcl-gicp");
                System.out.println("usable " + first.version());
            } catch (PclUnavailable refused) {
                System.out.println("refused: " + refused.getMessage());
            }
            System.out.println(first.equals(PclRuntime.probe()) ? "the same again" : "another");
            System.out.println("live " + PclRuntime.liveClouds() + ", alive");
        }
    }
}
