namespace AgentOps.Tests.Recording;

public sealed class RecorderOptionsTests
{
    [Theory]
    [InlineData(1024)]
    [InlineData(131_072)]
    [InlineData(524_000)]
    public void A_payload_limit_inside_the_range_is_taken(int bytes)
    {
        Assert.Equal(bytes, new RecorderOptions { MaxPayloadBytes = bytes }.MaxPayloadBytes);
    }

    [Theory]
    [InlineData(1023)]
    [InlineData(524_001)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_payload_limit_outside_the_range_is_refused_with_the_range(int bytes)
    {
        var options = new RecorderOptions();

        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxPayloadBytes = bytes);

        Assert.Equal(bytes, refusal.ActualValue);
        Assert.Contains("from 1024 to 524000 bytes", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(131_072, options.MaxPayloadBytes);
    }

    [Fact]
    public void The_recorder_cannot_be_configured_once_a_session_was_started()
    {
        using var session = Session.Start();

        var refusal = Assert.Throws<InvalidOperationException>(() => Recorder.Configure(new RecorderOptions()));

        Assert.Contains("Call Recorder.Configure before Session.Start", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_must_be_given()
    {
        Assert.Throws<ArgumentNullException>(() => Recorder.Configure(null!));
    }
}
