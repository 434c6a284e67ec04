package dev.stepzero.scan.cloudformation;

import java.util.List;
import java.util.Locale;

/** Spells {@code DBInstanceIdentifier} as {@code db_instance_identifier}. */
final class SnakeCase {
    /** Names that the provider writes in one. */
    private static final List<String> WORDS = List.of(
            "IPv",
            "CloudWatch",
            "CloudFront",
            "CloudTrail",
            "CloudFormation",
            "DynamoDB",
            "SageMaker",
            "OpenSearch",
            "AppSync",
            "AppRunner",
            "GuardDuty",
            "ElastiCache",
            "WorkSpaces",
            "CodeBuild",
            "CodePipeline",
            "EventBridge");

    private SnakeCase() {}

    static String of(String camel) {
        var name = camel;
        for (var word : WORDS) {
            if (name.contains(word)) {
                name = name.replace(word, word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT));
            }
        }
        var snake = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isUpper(c)) {
                if (i > 0 && startsWord(name, i)) {
                    snake.append('_');
                }
                snake.append((char) (c + 'a' - 'A'));
            } else {
                snake.append(c == '-' || c == '.' ? '_' : c);
            }
        }
        return snake.toString();
    }

    private static boolean startsWord(String name, int i) {
        char before = name.charAt(i - 1);
        if (!isUpper(before)) {
            return before != '_' && before != '-' && before != '.';
        }
        boolean pluralOfInitials =
                name.startsWith("s", i + 1) && (i + 2 == name.length() || isUpper(name.charAt(i + 2)));
        return i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1)) && !pluralOfInitials;
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
