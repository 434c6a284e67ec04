package dev.stepzero.invoicer.http;

/** A call that is answered with an error status. The message is one line, written for the caller. */
public final class Refusal extends RuntimeException {
    private final Answer answer;

    public Refusal(Answer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    public Refusal(int status, String message) {
        this(Answer.error(status, message));
    }

    public static Refusal badRequest(String message) {
        return new Refusal(400, message);
    }

    public Answer answer() {
        return answer;
    }
}
