package io.azimuth.jobs.cli;

import io.azimuth.connectors.dataset.SizeChoice;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code united-states} as well as {@code united_states}. */
final class SizeWords implements ITypeConverter<SizeChoice> {
    @Override
    public SizeChoice convert(String word) {
        try {
            return SizeChoice.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'" + word + "' is not one of europe, united-states, mixed");
        }
    }
}
