using System.Text;
using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Events;

/// <summary>Every kind of value, from the recorder's encoding to what a reader of events gets.</summary>
public sealed class EventValueTests
{
    [Fact]
    public void Null_is_null()
    {
        EventValue value = Encoded.Value(static p => p.Tag(PayloadTag.Null));

        Assert.True(value.IsNull);
        Assert.Null(value.AsText());
        Assert.Null(value.AsInt64());
        Assert.Equal("null", value.ToString());
    }

    [Theory]
    [InlineData(true, "true")]
    [InlineData(false, "false")]
    public void A_truth_value_is_one(bool value, string json)
    {
        byte[] payload = Encoded.Payload(p => p.Write(value));

        Assert.Equal(value, new PayloadReader(payload, TextTable.Empty).ReadBoolean());
        Assert.Equal(json, Encoded.ReadJson(payload).Json);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(-64)]
    [InlineData(-65)]
    [InlineData(1L << 32)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_whole_number_comes_back(long number)
    {
        EventValue value = Encoded.Value(p => p.Write(number));

        Assert.Equal(number, value.AsInt64());
        Assert.Equal(number.ToString(System.Globalization.CultureInfo.InvariantCulture), value.ToString());
        Assert.False(value.IsNull);
    }

    [Theory]
    [InlineData(0UL, "0")]
    [InlineData(127UL, "127")]
    [InlineData(128UL, "128")]
    [InlineData(ulong.MaxValue, "18446744073709551615")]
    public void An_unsigned_number_comes_back(ulong number, string json)
    {
        Assert.Equal(json, Encoded.Json(p => p.Write(number)));
    }

    [Fact]
    public void An_unsigned_number_is_a_whole_number_as_far_as_one_can_hold_it()
    {
        Assert.Equal(42, Encoded.Value(static p => p.Write(42UL)).AsInt64());
        Assert.Equal(long.MaxValue, Encoded.Value(static p => p.Write((ulong)long.MaxValue)).AsInt64());
        Assert.Null(Encoded.Value(static p => p.Write(ulong.MaxValue)).AsInt64());
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-2.5E-300, "-2.5E-300")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.PositiveInfinity, "\"Infinity\"")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"")]
    public void A_double_is_a_number_unless_json_has_none_for_it(double number, string json)
    {
        byte[] payload = Encoded.Payload(p => p.Write(number));

        Assert.Equal(number, new PayloadReader(payload, TextTable.Empty).ReadDouble());
        Assert.Equal(json, Encoded.ReadJson(payload).Json);
    }

    [Theory]
    [InlineData(0.1f, "0.1")]
    [InlineData(float.MinValue, "-3.4028235E+38")]
    [InlineData(float.NaN, "\"NaN\"")]
    [InlineData(float.NegativeInfinity, "\"-Infinity\"")]
    public void A_float_is_a_number_unless_json_has_none_for_it(float number, string json)
    {
        Assert.Equal(json, Encoded.Json(p => p.Write(number)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.10")]
    [InlineData("-79228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001")]
    public void A_decimal_keeps_every_digit(string digits)
    {
        decimal number = decimal.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        byte[] payload = Encoded.Payload(p => p.Write(number));

        Assert.Equal(decimal.GetBits(number), decimal.GetBits(new PayloadReader(payload, TextTable.Empty).ReadDecimal()!.Value));
        Assert.Equal(digits, Encoded.ReadJson(payload).Json);
    }

    [Fact]
    public void Times_read_as_iso_8601()
    {
        var utc = new DateTime(2025, 3, 1, 13, 14, 15, DateTimeKind.Utc).AddTicks(1_234_567);

        Assert.Equal("\"2025-03-01T13:14:15.1234567Z\"", Encoded.Json(p => p.Write(utc)));
        Assert.Equal("\"2025-03-01T13:14:15.1234567\"", Encoded.Json(p => p.Write(DateTime.SpecifyKind(utc, DateTimeKind.Unspecified))));
        Assert.Equal("\"2025-03-01T13:14:15.1234567\"", Encoded.Json(p => p.Write(DateTime.SpecifyKind(utc, DateTimeKind.Local))));
        Assert.Equal("\"2025-03-01\"", Encoded.Json(p => p.Write(DateOnly.FromDateTime(utc))));
        Assert.Equal("\"13:14:15.1234567\"", Encoded.Json(p => p.Write(TimeOnly.FromDateTime(utc))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(330)]
    [InlineData(-840)]
    [InlineData(840)]
    public void A_time_with_an_offset_keeps_it(int minutes)
    {
        var time = new DateTimeOffset(2025, 3, 1, 13, 14, 15, TimeSpan.FromMinutes(minutes));

        byte[] payload = Encoded.Payload(p => p.Write(time));

        DateTimeOffset read = Assert.NotNull(new PayloadReader(payload, TextTable.Empty).ReadDateTimeOffset());
        Assert.Equal(time, read);
        Assert.Equal(time.Offset, read.Offset);
    }

    [Fact]
    public void The_first_and_the_last_time_come_back()
    {
        foreach (DateTimeOffset time in (DateTimeOffset[])[DateTimeOffset.MinValue, DateTimeOffset.MaxValue])
            Assert.Equal(time, new PayloadReader(Encoded.Payload(p => p.Write(time)), TextTable.Empty).ReadDateTimeOffset());
        Assert.Equal("\"0001-01-01T00:00:00\"", Encoded.Json(static p => p.Write(DateTime.MinValue)));
        Assert.Equal("\"9999-12-31T23:59:59.9999999\"", Encoded.Json(static p => p.Write(DateTime.MaxValue)));
        Assert.Equal("\"23:59:59.9999999\"", Encoded.Json(static p => p.Write(TimeOnly.MaxValue)));
        Assert.Equal("\"9999-12-31\"", Encoded.Json(static p => p.Write(DateOnly.MaxValue)));
    }

    [Fact]
    public void A_span_of_time_comes_back()
    {
        Assert.Equal("\"1.02:03:04.0050000\"", Encoded.Json(static p => p.Write(new TimeSpan(1, 2, 3, 4, 5))));
        Assert.Equal("\"-00:00:00.0000001\"", Encoded.Json(static p => p.Write(new TimeSpan(-1))));
        Assert.Equal("\"-10675199.02:48:05.4775808\"", Encoded.Json(static p => p.Write(TimeSpan.MinValue)));
    }

    [Fact]
    public void A_guid_comes_back()
    {
        var id = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
        byte[] payload = Encoded.Payload(p => p.Write(id));

        Assert.Equal(id, new PayloadReader(payload, TextTable.Empty).ReadGuid());
        Assert.Equal("\"00112233-4455-6677-8899-aabbccddeeff\"", Encoded.ReadJson(payload).Json);
    }

    [Fact]
    public void Bytes_read_as_base64()
    {
        Assert.Equal("\"AAH/\"", Encoded.Json(static p => p.WriteBytes([0, 1, 255])));
        Assert.Equal("\"\"", Encoded.Json(static p => p.WriteBytes([])));
    }

    [Fact]
    public void What_is_not_there_says_why()
    {
        Assert.Equal("\"[redacted]\"", Encoded.Json(static p => p.Tag(PayloadTag.Redacted)));
        Assert.Equal("\"<System.IO.Stream>\"", Encoded.Json(static p => p.WriteOpaque("System.IO.Stream")));
        Assert.Equal("\"<threw System.Exception>\"", Encoded.Json(static p => p.WriteFailed("System.Exception")));
        Assert.Equal("\"… 3 more\"", Encoded.Json(static p => p.WriteOmitted(3)));
    }

    [Fact]
    public void A_digest_follows_the_word_that_says_that_a_value_is_redacted()
    {
        Assert.Equal("\"[redacted 00000000000001]\"", Encoded.Json(static p => p.WriteRedacted(1)));
        Assert.Equal("\"[redacted ffffffffffffff]\"", Encoded.Json(static p => p.WriteRedacted(0xFF_FFFF_FFFF_FFFF)));
    }

    [Theory]
    [InlineData(0, "\"… 10 more\"")]
    [InlineData(3, "\"AQEB… 7 more\"")]
    [InlineData(8, "\"AQEBAQEBAQE=… 2 more\"")]
    [InlineData(10, "\"AQEBAQEBAQEBAQ==\"")]
    public void Bytes_that_were_cut_say_how_many_are_missing(int most, string json)
    {
        byte[] bytes = new byte[10];
        Array.Fill(bytes, (byte)1);

        Assert.Equal("[" + json + ",7]", Encoded.Json(p =>
        {
            p.Tag(PayloadTag.Array);
            p.WriteBytes(bytes, most);
            p.Write(7L);
            p.Tag(PayloadTag.Close);
        }));
    }

    [Fact]
    public void A_failure_takes_the_place_of_what_was_written_of_the_value()
    {
        string json = Encoded.Json(static p =>
        {
            p.Tag(PayloadTag.Array);
            p.Write(1L);
            int mark = p.Length;
            p.Tag(PayloadTag.Object);
            p.WriteName("half");
            p.ReplaceByFailure(mark, "System.Exception");
            p.Write(2L);
            p.Tag(PayloadTag.Close);
        });

        Assert.Equal("[1,\"<threw System.Exception>\",2]", json);
    }

    [Fact]
    public void Containers_hold_values_and_names()
    {
        EventValue value = Encoded.Value(static p =>
        {
            p.Tag(PayloadTag.Object);
            p.WriteName("list");
            p.Tag(PayloadTag.Array);
            p.Write(1L);
            p.Write("two");
            p.Tag(PayloadTag.Array);
            p.Tag(PayloadTag.Close);
            p.Tag(PayloadTag.Close);
            p.WriteName("none");
            p.Tag(PayloadTag.Object);
            p.Tag(PayloadTag.Close);
            p.WriteName("last");
            p.Write(3L);
            p.Tag(PayloadTag.Close);
        });

        Assert.Equal("{\"list\":[1,\"two\",[]],\"none\":{},\"last\":3}", value.ToString());
        Assert.Equal("[1,\"two\",[]]", value.Property("list")!.ToString());
        Assert.Equal(3, value.Property("last")!.AsInt64());
        Assert.Null(value.Property("missing"));
        Assert.Null(value.Property("list")!.Property("x"));
    }

    [Theory]
    [InlineData("1.50", "1.50")]
    [InlineData("{\"a\":[1,2]}", "{\"a\":[1,2]}")]
    [InlineData("{\"a\":\n1}", "\"{\\\"a\\\":\\n1}\"")]
    [InlineData("{\"a\":", "\"{\\\"a\\\":\"")]
    [InlineData("", "\"\"")]
    public void Json_text_is_passed_on_if_it_is_json_on_one_line_and_is_text_otherwise(string text, string json)
    {
        Assert.Equal(json, Encoded.Json(p => p.WriteJson(Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void Only_text_is_text_and_only_a_number_a_number()
    {
        Assert.Null(Encoded.Value(static p => p.Write(1L)).AsText());
        Assert.Null(Encoded.Value(static p => p.Write("1")).AsInt64());
        Assert.Null(Encoded.Value(static p => p.Write(1.0)).AsInt64());
        Assert.Null(Encoded.Value(static p => p.Write("text")).Property("length"));
    }

    [Fact]
    public void An_unknown_kind_of_a_later_version_reads_as_null()
    {
        Assert.Equal("null", Encoded.ReadJson([200]).Json);
    }

    [Fact]
    public void A_value_needs_a_writer()
    {
        EventValue value = Encoded.Value(static p => p.Write(1L));

        Assert.Throws<ArgumentNullException>(() => value.WriteTo(null!));
    }
}
