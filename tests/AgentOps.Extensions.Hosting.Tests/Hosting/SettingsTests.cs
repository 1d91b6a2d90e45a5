using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AgentOps.Extensions.Hosting.Tests.Hosting;

/// <summary>Configuration sections: what they set, and one clear line for each thing that is wrong in them.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void A_section_sets_every_option()
    {
        AgentOpsOptions options = Read(
            ("Directory", "/logs"), ("application", "shop"), ("MaxPayloadBytes", "2048"), ("MaxLogBytes", "67108864"), ("MaxLogAge", "2.00:00:00"), ("FlushInterval", "00:00:01"),
            ("PoolValueTasks", "true"), ("Capture", "arguments"), ("EraseSecretNames", "False"), ("RedactionKey", Convert.ToBase64String(new byte[16])), ("PublishMetrics", "true"));

        RecorderOptions recorder = options.Recorder;
        Assert.Equal((Path.GetFullPath("/logs"), "shop", 2048, 67108864L), (recorder.Directory, recorder.Application, recorder.MaxPayloadBytes, recorder.MaxLogBytes));
        Assert.Equal((TimeSpan.FromDays(2), TimeSpan.FromSeconds(1)), (recorder.MaxLogAge, recorder.FlushInterval));
        Assert.Equal((true, Capture.Arguments, false, 16, true), (recorder.PoolValueTasks, recorder.Capture, recorder.EraseSecretNames, recorder.RedactionKey.Length, options.PublishMetrics));
    }

    [Fact]
    public void An_empty_section_and_empty_values_set_nothing()
    {
        Assert.Equal(new RecorderOptions().MaxLogAge, Read(("MaxLogAge", ""), ("FlushInterval", null)).Recorder.MaxLogAge);
        Assert.Null(Read().Recorder.Directory);
    }

    [Theory]
    [InlineData("MaxPayloadBytes", "12kb", "AgentOps:MaxPayloadBytes is '12kb', which cannot be read. Give a number of bytes from 1024 to 524000.")]
    [InlineData("MaxPayloadBytes", "12", "AgentOps:MaxPayloadBytes is '12', which is not allowed. Give a number of bytes from 1024 to 524000.")]
    [InlineData("MaxLogBytes", "1e9", "AgentOps:MaxLogBytes is '1e9', which cannot be read. Give a number of bytes, at least 33554432.")]
    [InlineData("MaxLogBytes", "1000", "AgentOps:MaxLogBytes is '1000', which is not allowed. Give a number of bytes, at least 33554432.")]
    [InlineData("MaxLogAge", "2 weeks", "AgentOps:MaxLogAge is '2 weeks', which cannot be read. Give a time of at least a minute, such as 14.00:00:00 for 14 days.")]
    [InlineData("MaxLogAge", "00:00:01", "AgentOps:MaxLogAge is '00:00:01', which is not allowed. Give a time of at least a minute, such as 14.00:00:00 for 14 days.")]
    [InlineData("FlushInterval", "-1", "AgentOps:FlushInterval is '-1', which is not allowed. Give a time of at least 100 ms, such as 00:00:01 for a second.")]
    [InlineData("PoolValueTasks", "yes", "AgentOps:PoolValueTasks is 'yes', which cannot be read. Give true or false.")]
    [InlineData("Capture", "Everything", "AgentOps:Capture is 'Everything', which cannot be read. Give All, None, Arguments or Result.")]
    [InlineData("Directory", "/a\0b", "AgentOps:Directory is '/a\0b', which is not allowed. Give a folder, such as /var/log/agentops.")]
    [InlineData("MaxLogByte", "1", "AgentOps:MaxLogByte is no setting of AgentOps (its value is '1'). Did you mean 'MaxLogBytes'?")]
    [InlineData("Dircetory", "/logs", "AgentOps:Dircetory is no setting of AgentOps (its value is '/logs'). Did you mean 'Directory'?")]
    [InlineData("RedactionKeys", "c2VjcmV0", "AgentOps:RedactionKeys is no setting of AgentOps (its value is '***'). Did you mean 'RedactionKey'?")]
    [InlineData("RedactionKey", "no base64!", "AgentOps:RedactionKey cannot be read. Give the base64 of at least 16 bytes.")]
    [InlineData("RedactionKey", "c2VjcmV0", "AgentOps:RedactionKey is not allowed. Give the base64 of at least 16 bytes.")]
    [InlineData("Directory:Path", "/logs", "AgentOps:Directory is a section, and should be a value. Give a folder, such as /var/log/agentops.")]
    public void What_is_wrong_is_told_with_path_value_and_mend(string key, string value, string expected) => Assert.Equal([expected], FailuresOf((key, value)));

    [Fact]
    public void A_key_that_resembles_none_gets_the_list()
    {
        string failure = Assert.Single(FailuresOf(("Endpoint", "http://localhost")));

        Assert.StartsWith("AgentOps:Endpoint is no setting of AgentOps (its value is 'http://localhost'). Take it out, or use one of Directory, Application, ", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_in_place_of_the_section_is_told()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection([new("AgentOps", "on")]).Build();

        Assert.Equal(["AgentOps is 'on', and should be a section with settings such as AgentOps:Directory."], FailuresOf(configuration));
    }

    [Fact]
    public async Task All_that_is_wrong_keeps_the_host_from_starting_and_is_told_at_once()
    {
        bool hasStarted = false;
        (IHost host, _) = Hosts.Build(builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("AgentOps:MaxLogAge", "soon"), new("AgentOps:Foo", "bar")]);
            builder.Services.AddAgentOps(builder.Configuration.GetSection("AgentOps"));
            builder.Services.AddHostedService(_ => new Starter(() => hasStarted = true));
        });
        using (host)
        {
            var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

            Assert.Equal(2, error.Failures.Count());
            Assert.Contains("AgentOps:MaxLogAge is 'soon'", error.Message, StringComparison.Ordinal);
            Assert.False(hasStarted);
        }
    }

    private static AgentOpsOptions Read(params (string Key, string? Value)[] values)
    {
        using ServiceProvider services = Services(Configuration(values));
        return services.GetRequiredService<IOptions<AgentOpsOptions>>().Value;
    }

    private static IEnumerable<string> FailuresOf(params (string Key, string? Value)[] values) => FailuresOf(Configuration(values));

    private static IEnumerable<string> FailuresOf(IConfiguration configuration)
    {
        using ServiceProvider services = Services(configuration);
        return Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<AgentOpsOptions>>().Value).Failures;
    }

    private static IConfigurationRoot Configuration((string Key, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(static v => new KeyValuePair<string, string?>("AgentOps:" + v.Key, v.Value))).Build();

    private static ServiceProvider Services(IConfiguration configuration) => new ServiceCollection().AddAgentOps(configuration.GetSection("AgentOps")).BuildServiceProvider();

    private sealed class Starter(Action onStart) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken)
        {
            onStart();
            return Task.CompletedTask;
        }
    }
}
