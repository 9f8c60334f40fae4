package lanes;

final class Bench {
    static void run() { }

    private Bench() { }
}
