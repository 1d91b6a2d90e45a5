using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AgentOps.Generators.Tests;

/// <summary>What a provider's server answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Events">The body: one piece of JSON, or the events of a stream, each with its name if it has one.</param>
/// <param name="IsStream">Whether they are sent as server-sent events.</param>
/// <param name="IsCutOff">Whether the connection is closed before the answer is complete.</param>
internal sealed record ProviderReply(int Status, (string? Name, string Data)[] Events, bool IsStream, bool IsCutOff)
{
    public static ProviderReply Json(string json, int status = 200) => new(status, [(null, json)], IsStream: false, IsCutOff: false);

    /// <summary>A stream, whose end is missing if it is cut off.</summary>
    public static ProviderReply Stream(bool isCutOff, (string? Name, string Data)[] beginning, (string? Name, string Data)[] end) =>
        new(200, isCutOff ? beginning : [.. beginning, .. end], IsStream: true, isCutOff);
}

/// <summary>A provider's server on a loopback port, of which every request gets one connection. It reads HTTP as far as real clients write it.</summary>
internal sealed class LoopbackProvider : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, string, ProviderReply> _answer;
    private readonly Task _serving;

    /// <param name="answer">What is answered to a path and a body.</param>
    public LoopbackProvider(Func<string, string, ProviderReply> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var answers = new List<Task>();
        try
        {
            while (true)
                answers.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(answers);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            await using NetworkStream stream = client.GetStream();
            (string path, string body) = await ReadAsync(stream);
            ProviderReply reply = _answer(path, body);
            string type = reply.IsStream ? "text/event-stream" : "application/json";
            await WriteAsync(stream, $"HTTP/1.1 {reply.Status} Reply\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
            foreach ((string? name, string data) in reply.Events)
            {
                string text = reply.IsStream ? $"{(name is null ? "" : $"event: {name}\n")}data: {data}\n\n" : data;
                await WriteAsync(stream, string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n"));
            }
            if (!reply.IsCutOff)
                await WriteAsync(stream, "0\r\n\r\n");
        }
    }

    private static Task WriteAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    private static async Task<(string Path, string Body)> ReadAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        byte[] buffer = new byte[16384];
        int head = -1;
        while (head < 0 || !IsComplete(request.ToString(), head))
        {
            int count = await stream.ReadAsync(buffer);
            if (count == 0)
                break;
            request.Append(Encoding.Latin1.GetString(buffer, 0, count));
            head = request.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal);
        }
        string all = request.ToString();
        return (all.Split(' ')[1], head < 0 ? "" : all[(head + 4)..]);
    }

    private static bool IsComplete(string request, int head)
    {
        const string Length = "content-length: ";
        int at = request.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        if (at < 0 || at > head)
            return request.EndsWith("0\r\n\r\n", StringComparison.Ordinal) || !request.Contains("chunked", StringComparison.OrdinalIgnoreCase);
        int length = int.Parse(request.AsSpan(at + Length.Length, request.IndexOf('\r', at) - at - Length.Length), CultureInfo.InvariantCulture);
        return request.Length - head - 4 >= length;
    }
}
