namespace AgentOps.Generators.Fuzz.Tests.Programs;

/// <summary>What the programs say about themselves: a trace of what they see, and the calls that must be on record.</summary>
internal static class TraceSource
{
    public const string Text =
        """
        public static class T
        {
            private static readonly List<string> s_lines = [];
            private static readonly List<(string Name, int Parent, string Status)> s_calls = [];
            private static readonly AsyncLocal<int> s_current = new();

            public static bool Always => true;

            public static void Reset() { s_lines.Clear(); s_calls.Clear(); s_current.Value = 0; }
            public static string[] Lines { get { lock (s_lines) return [.. s_lines]; } }
            public static (string Name, int Parent, string Status)[] Calls { get { lock (s_lines) return [.. s_calls]; } }

            public static void Note(object? what) { lock (s_lines) s_lines.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{what ?? "null"}")); }
            public static V Arg<V>(V value) { Note($"arg {value}"); return value; }
            public static int Throw(string what) => throw new InvalidOperationException(what);

            public static int Enter(string name)
            {
                Note("enter " + name);
                lock (s_lines) { s_calls.Add((name, s_current.Value, "Ok")); s_current.Value = s_calls.Count; return s_calls.Count; }
            }

            public static void Called(string name, string status = "Ok") { lock (s_lines) s_calls.Add((name, s_current.Value, status)); }

            public static bool Fail(int call, Exception e) { Failing(call, e); return false; }

            public static Exception Failing(int call, Exception e)
            {
                Note($"fail {call} {e.GetType().Name}");
                bool cancelled = e is OperationCanceledException && e.InnerException is not TimeoutException;
                lock (s_lines) s_calls[call - 1] = s_calls[call - 1] with { Status = cancelled ? "Cancelled" : "Error" };
                return e;
            }

            public static void Resume(int call) { s_current.Value = call; }
            public static void Left(int stream, bool wasRead)
            {
                lock (s_lines)
                {
                    if (!wasRead && s_calls[stream - 1].Status == "Ok") s_calls[stream - 1] = s_calls[stream - 1] with { Status = "Abandoned" };
                }
                Leave(stream);
            }

            public static void Leave(int call) { Note("leave " + call); lock (s_lines) s_current.Value = s_calls[call - 1].Parent; }

            public static void Caught(Exception e) { Note("caught " + e.ToString()); }
            public static bool Filter(Exception e) { Note("filter " + e.Message); return true; }

            public static async Task Await(Task task)
            {
                try { await task.ConfigureAwait(false); }
                finally { Note($"{task.Status} {task.Exception?.InnerExceptions.Count} {task.Exception?.InnerException?.GetType()}"); }
            }
            public static async Task<V> Await<V>(Task<V> task)
            {
                try { return await task.ConfigureAwait(false); }
                finally { Note($"{task.Status} {task.Exception?.InnerExceptions.Count} {task.Exception?.InnerException?.GetType()}"); }
            }
        }
        """;
}
