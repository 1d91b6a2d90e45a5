using AgentOps.Events;
using AgentOps.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting.Tests.Logging;

/// <summary>What is named like a secret reaches the log neither as a value nor in the message.</summary>
public sealed class SecretTests
{
    [Fact]
    public void A_secret_is_left_out_of_values_and_message()
    {
        LogEvent log = Log(static logger => logger.LogInformation("User {User} came with {Password} in {Attempts,3} attempts", "ada", "hunter2", 4));

        Assert.Equal("User ada came with [redacted] in   4 attempts", log.Message);
        Assert.Equal("\"[redacted]\"", log.Param("Password"));
    }

    [Fact]
    public void A_token_is_a_secret_as_text_and_none_as_a_number()
    {
        LogEvent log = Log(static logger => logger.LogInformation("{AccessToken} {MaxTokens} {Token}", "abc.def", 17, 3));

        Assert.Equal("[redacted] 17 3", log.Message);
    }

    [Fact]
    public void A_map_is_kept_without_its_secrets()
    {
        LogEvent log = Log(static logger => logger.LogInformation("Headers {Headers}", new Dictionary<string, string> { ["Accept"] = "text/html", ["Authorization"] = "Bearer abc" }));

        Assert.Equal("Headers [Accept, text/html], [Authorization, [redacted]]", log.Message);
        Assert.Equal("""{"Accept":"text/html","Authorization":"[redacted]"}""", log.Param("Headers"));
    }

    [Fact]
    public void A_secret_in_a_message_without_a_template_takes_the_message_with_it()
    {
        var values = new KeyValuePair<string, object?>[] { new("ApiKey", "abc") };

        LogEvent log = Log(logger => logger.Log(LogLevel.Information, default, values, null, static (_, _) => "key abc"));

        Assert.Equal("[redacted]", log.Message);
    }

    [Fact]
    public void Braces_doubled_and_open_and_names_without_values_stay_as_they_are()
    {
        LogEvent log = Log(logger => logger.Log(
            LogLevel.Information, default, new KeyValuePair<string, object?>[] { new("Password", "abc"), new("{OriginalFormat}", "{{x}} {Password} {Other:N} } {") }, null, static (_, _) => ""));

        Assert.Equal("{x} [redacted] {Other:N} } {", log.Message);
    }

    [Fact]
    public void Values_are_found_by_name_where_they_stand_in_another_order()
    {
        LogEvent log = Log(logger => logger.Log(
            LogLevel.Information, default,
            new KeyValuePair<string, object?>[] { new("secret", "abc"), new("City", "Lisbon"), new("{OriginalFormat}", "{city} {Secret}") }, null, static (_, _) => ""));

        Assert.Equal("Lisbon [redacted]", log.Message);
    }

    [Fact]
    public void No_byte_of_a_secret_reaches_the_files()
    {
        const string Secret = "correct-horse-battery-staple";
        Log(static logger => logger.LogInformation("{Password} {Secrets} {Map}", Secret, new[] { Secret }, new Dictionary<string, string> { ["ClientSecret"] = Secret }));

        byte[] wanted = System.Text.Encoding.UTF8.GetBytes(Secret);
        Assert.All(Directory.EnumerateFiles(RecorderHealth.Current.LogDirectory!, "*.seg"), file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            Assert.Equal(-1, bytes.AsSpan().IndexOf(wanted));
        });
    }

    private static LogEvent Log(Action<ILogger> write)
    {
        using Loggers loggers = Loggers.Joined();
        using Session session = Session.Start();
        write(loggers.Of("A"));
        return Assert.Single(session.Logs());
    }
}
