using System.Text.Json;
using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Events;

/// <summary>Text, names and nesting: what has a length, and where a payload is cut.</summary>
public sealed class PayloadTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("tab\tnull\0bell\a")]
    [InlineData("\"quoted\" \\ </script>")]
    [InlineData("ünïcödé 漢字 🎉👩‍👩‍👧")]
    [InlineData("line\r\nseparator\u2028paragraph\u2029")]
    public void Text_comes_back_whole(string text)
    {
        EventValue value = Encoded.Value(p => p.Write(text));

        Assert.Equal(text, value.AsText());
        Assert.Equal(text, JsonSerializer.Deserialize<string>(value.ToString()));
        Assert.DoesNotContain('\n', value.ToString());
    }

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character()
    {
        // Not theory data: attributes are stored as UTF-8, which has no lone surrogates.
        (string Text, string Read)[] cases =
        [
            ("\uD83C", "\uFFFD"),
            ("\uDF89 tail", "\uFFFD tail"),
            ("\uDF89\uD83C", "\uFFFD\uFFFD"),
            ("a\uD83C\uD83C\uDF89b", "a\uFFFD\uD83C\uDF89b"),
        ];
        foreach ((string text, string read) in cases)
        {
            EventValue value = Encoded.Value(p => p.Write(text));

            Assert.Equal(read, value.AsText());
            Assert.Equal(read, JsonSerializer.Deserialize<string>(value.ToString()));
        }
    }

    [Fact]
    public void Text_of_every_length_around_the_limit_is_whole_or_cut_with_an_ellipsis()
    {
        const int Limit = 256;
        for (int length = Limit - 40; length < Limit + 40; length++)
        {
            string text = new('x', length);
            var builder = new PayloadBuilder(Limit);
            builder.Write(text);

            string read = new EventValue(builder.Written.ToArray(), TextTable.Empty).AsText()!;
            Assert.InRange(builder.Written.Length, 1, Limit);
            Assert.Equal(builder.IsTruncated, read != text);
            if (builder.IsTruncated)
                Assert.Equal(text[..(read.Length - 1)] + "…", read);
        }
    }

    [Fact]
    public void A_cut_never_splits_a_character()
    {
        const int Limit = 128;
        for (int offset = 0; offset < 8; offset++)
        {
            var builder = new PayloadBuilder(Limit);
            builder.Write(new string('x', offset) + string.Concat(Enumerable.Repeat("🎉", 100)));

            string read = new EventValue(builder.Written.ToArray(), TextTable.Empty).AsText()!;
            Assert.True(builder.IsTruncated);
            Assert.DoesNotContain('\uFFFD', read);
            Assert.EndsWith("🎉…", read, StringComparison.Ordinal);
            Assert.InRange(builder.Written.Length, 1, Limit);
        }
    }

    [Fact]
    public void What_follows_a_cut_is_left_out_and_what_came_before_stays()
    {
        var builder = new PayloadBuilder(200);
        builder.Tag(PayloadTag.Object);
        builder.WriteName("before");
        builder.Write(1L);
        builder.WriteName("long");
        builder.Write(new string('x', 1000));
        builder.WriteName("after");
        builder.Write(2L);
        builder.Tag(PayloadTag.Close);

        var value = new EventValue(builder.Written.ToArray(), TextTable.Empty);
        Assert.True(builder.IsTruncated);
        Assert.Equal(1, value.Property("before")!.AsInt64());
        Assert.EndsWith("x…", value.Property("long")!.AsText(), StringComparison.Ordinal);
        Assert.Null(value.Property("after"));
        Assert.Equal(["before", "long"], JsonDocument.Parse(value.ToString()).RootElement.EnumerateObject().Select(static p => p.Name));
    }

    [Fact]
    public void Many_small_values_stop_at_the_limit()
    {
        var builder = new PayloadBuilder(1024);
        builder.Tag(PayloadTag.Array);
        for (int i = 0; i < 10_000; i++)
            builder.Write((long)i);
        builder.Tag(PayloadTag.Close);

        JsonElement items = JsonElement.Parse(new EventValue(builder.Written.ToArray(), TextTable.Empty).ToString());
        Assert.True(builder.IsTruncated);
        Assert.InRange(builder.Written.Length, 1000, 1024);
        Assert.Equal(Enumerable.Range(0, items.GetArrayLength()), items.EnumerateArray().Select(static i => i.GetInt32()));
    }

    [Fact]
    public void A_builder_that_was_reset_holds_nothing_of_the_last_payload()
    {
        var builder = new PayloadBuilder(64);
        builder.Write(new string('x', 1000));

        builder.Reset(1024);
        builder.Write("fresh");

        Assert.False(builder.IsTruncated);
        Assert.Equal("fresh", new EventValue(builder.Written.ToArray(), TextTable.Empty).AsText());
    }

    [Fact]
    public void A_name_of_any_length_is_never_taken_for_something_else()
    {
        for (int length = 0; length <= 300; length++)
        {
            string name = new('n', length);
            EventValue value = Encoded.Value(p =>
            {
                p.Tag(PayloadTag.Object);
                p.WriteName(name);
                p.Write(7L);
                p.WriteName("next");
                p.Tag(PayloadTag.Array);
                p.Tag(PayloadTag.Close);
                p.Tag(PayloadTag.Close);
                p.Write("behind");
            });

            Assert.Equal(7, value.Property(name)?.AsInt64());
            Assert.Equal("[]", value.Property("next")?.ToString());
            Assert.Equal($"{{\"{name}\":7,\"next\":[]}}", value.ToString());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ä\"\n🎉")]
    [InlineData("\0")]
    public void A_name_may_be_any_text(string name)
    {
        EventValue value = Encoded.Value(p =>
        {
            p.Tag(PayloadTag.Object);
            p.WriteName(name);
            p.Write("v");
            p.Tag(PayloadTag.Close);
        });

        Assert.Equal("v", value.Property(name)!.AsText());
        Assert.Equal(name, Assert.Single(JsonDocument.Parse(value.ToString()).RootElement.EnumerateObject()).Name);
    }

    [Fact]
    public void Nesting_is_followed_deep_and_ends_without_harm_beyond()
    {
        foreach (int depth in (int[])[1, 64, 127, 1000, 100_000])
        {
            byte[] payload = Encoded.Payload(p =>
            {
                for (int i = 0; i < depth; i++)
                    p.Tag(PayloadTag.Array);
                p.Write("core");
                for (int i = 0; i < depth; i++)
                    p.Tag(PayloadTag.Close);
            });

            var taken = new PayloadReader(payload, TextTable.Empty);
            taken.Take();
            (string json, int position) = Encoded.ReadJson(payload);
            Assert.Equal(payload.Length, taken.Position);
            Assert.Equal(payload.Length, position);
            Assert.Equal(depth <= 127, json.Contains("core", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Padding_behind_the_last_value_is_the_end()
    {
        byte[] padded = [.. Encoded.Payload(static p => p.Write("x")), 0, 0, 0];
        var reader = new PayloadReader(padded, TextTable.Empty);

        Assert.Equal("x", reader.ReadString());
        Assert.Equal(PayloadTag.End, reader.Peek());
        Assert.Null(reader.ReadString());
    }
}
