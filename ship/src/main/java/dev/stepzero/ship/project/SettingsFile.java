package dev.stepzero.ship.project;

import dev.stepzero.core.UserError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a file that the user wrote for us. */
final class SettingsFile {
    private SettingsFile() {}

    static String decoded(String name, byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw UserError.unreadable("the file is not UTF-8 text")
                    .at(name)
                    .fix("save it as UTF-8")
                    .because(e);
        }
    }
}
