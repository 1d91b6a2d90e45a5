using ResearchAgent.Agent;

namespace ResearchAgent.Tests.Agent;

public sealed class ModelSettingsTests
{
    [Fact]
    public void Without_a_key_no_model_is_asked() => Assert.Null(Read([]));

    [Fact]
    public void A_blank_key_is_none() => Assert.Null(Read(new() { ["OPENAI_API_KEY"] = " " }));

    [Fact]
    public void A_key_alone_is_enough()
    {
        ModelSettings settings = Read(new() { ["OPENAI_API_KEY"] = "k" })!;

        Assert.Equal("https://api.openai.com/v1", settings.BaseUrl.ToString());
        Assert.NotEmpty(settings.Model);
    }

    [Fact]
    public void Address_and_model_can_be_given()
    {
        ModelSettings settings = Read(new()
        {
            ["OPENAI_API_KEY"] = "k",
            ["OPENAI_BASE_URL"] = "http://localhost:1234/v1",
            ["OPENAI_MODEL"] = "other",
        })!;

        Assert.Equal("http://localhost:1234/v1", settings.BaseUrl.ToString());
        Assert.Equal("other", settings.Model);
    }

    [Fact]
    public void An_address_without_a_key_is_not_left_out_silently()
    {
        var wrong = Assert.Throws<UsageException>(() => Read(new() { ["OPENAI_BASE_URL"] = "http://localhost/v1" }));

        Assert.Equal("OPENAI_BASE_URL is set but OPENAI_API_KEY is not; set both, or neither.", wrong.Message);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("ftp://localhost/v1")]
    public void What_is_no_address_is_refused(string address)
    {
        var wrong = Assert.Throws<UsageException>(() => Read(new() { ["OPENAI_API_KEY"] = "k", ["OPENAI_BASE_URL"] = address }));

        Assert.Equal($"OPENAI_BASE_URL '{address}' is not an http or https address.", wrong.Message);
    }

    private static ModelSettings? Read(Dictionary<string, string> variables) => ModelSettings.Read(variables.GetValueOrDefault);
}
