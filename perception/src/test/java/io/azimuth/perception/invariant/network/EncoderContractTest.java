package io.azimuth.perception.invariant.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.invariant.CropEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bundles whose manifest does not fit this code: refused by the name of the field. */
class EncoderContractTest {
    @TempDir private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"featureVersion\": 1; \"featureVersion\": 2; preprocessing.featureVersion is 2",
                "\"group\": \"yaw\"; \"group\": \"tilt\"; preprocessing.group is tilt",
                "\"encoder\": \"ri-edge\"; \"encoder\": \"ri-edges\"; encoder is 'ri-edges'",
                "\"points\": 16; \"points\": 32; inputs.shape of edge",
                "\"normalise\": \"none\"; \"normalise\": \"sphere\"; preprocessing.normalise is sphere",
                "\"viewpoint\": true; \"viewpoint\": 1; preprocessing.viewpoint is 1",
                "\"temperature\": 2.0; \"temperature\": 0; postprocessing.temperature is 0",
                "\"task\": \"crop-encoding\"; \"task\": \"polar\"; task is polar",
                "\"group\": \"yaw\"; \"group\": \"so3\"; inputs.shape of edge"
            })
    void aFieldThatDoesNotFitIsNamed(String found, String instead, String said) throws IOException {
        copy(found, instead);

        assertThatThrownBy(() -> CropEncoders.open(folder.toString(), new OrtBackend()))
                .isInstanceOf(ModelRejected.class)
                .hasMessageContaining(said);
    }

    @Test
    void aFolderThatFitsIsOpened() throws IOException {
        copy("\"seed\": 3", "\"seed\": 4");

        try (NetworkCropEncoder encoder =
                CropEncoders.open(folder.toString(), new OrtBackend(), 100)) {
            assertThat(encoder.info().id()).isEqualTo("ri-edge");
            assertThat(encoder.info().points()).isEqualTo(16);
        }
    }

    /** The small bundle with one part of its manifest replaced. */
    private void copy(String found, String instead) throws IOException {
        Files.createDirectories(folder.resolve("golden"));
        for (String name :
                List.of("model.onnx", "golden/in.f32", "golden/out.f32", "manifest.json")) {
            try (InputStream in = CropEncoder.class.getResourceAsStream("tiny/" + name)) {
                byte[] bytes = in.readAllBytes();
                if (name.equals("manifest.json")) {
                    String text = new String(bytes, StandardCharsets.UTF_8);
                    assertThat(text).contains(found);
                    bytes = text.replace(found, instead).getBytes(StandardCharsets.UTF_8);
                }
                Files.write(folder.resolve(name), bytes);
            }
        }
    }
}
