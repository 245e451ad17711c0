package io.azimuth.connectors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.azimuth.connectors.wire.proto.Contract;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Version 1 as it was first released, against version 1 as it is now. */
class ContractHistoryTest {
    @Test
    void contractOnlyEverGrows() throws IOException {
        assertThat(facts(Contract.getDescriptor().toProto())).containsAll(facts(released()));
    }

    @Test
    void releasedContractIsWhole() throws IOException {
        assertThat(facts(released()))
                .contains(
                        "Sweep.31 points TYPE_BYTES LABEL_OPTIONAL ",
                        "Sweep.15 columns TYPE_MESSAGE LABEL_REPEATED .azimuth.v1.Column",
                        "ObjectClass.6 CYCLIST",
                        "SweepFate.8 age_ms TYPE_INT64 LABEL_OPTIONAL ")
                .hasSizeGreaterThan(120);
    }

    private static FileDescriptorProto released() throws IOException {
        try (InputStream in = Contract.class.getResourceAsStream("/azimuth/contract-v1.desc")) {
            FileDescriptorSet set =
                    FileDescriptorSet.parseFrom(Objects.requireNonNull(in, "contract-v1.desc"));
            assertThat(set.getFileCount()).isEqualTo(1);
            return set.getFile(0);
        }
    }

    /** One line for everything that a reader or a writer relies on. */
    private static Set<String> facts(FileDescriptorProto file) {
        Set<String> out = new TreeSet<>();
        out.add("package " + file.getPackage() + " " + file.getSyntax());
        for (DescriptorProto message : file.getMessageTypeList()) {
            for (FieldDescriptorProto f : message.getFieldList()) {
                out.add(
                        "%s.%d %s %s %s %s"
                                .formatted(
                                        message.getName(),
                                        f.getNumber(),
                                        f.getName(),
                                        f.getType(),
                                        f.getLabel(),
                                        f.getTypeName()));
            }
        }
        for (EnumDescriptorProto type : file.getEnumTypeList()) {
            for (EnumValueDescriptorProto v : type.getValueList()) {
                out.add("%s.%d %s".formatted(type.getName(), v.getNumber(), v.getName()));
            }
        }
        return out;
    }
}
