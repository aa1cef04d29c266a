using System.Text;

namespace Signalbox.Tests;

public sealed class Parts
{
    [Theory]
    [InlineData("""[{"a":1},{"b":2}]""", 2)]
    [InlineData("{\"a\":1}\n{\"b\":2}\n", 2)]
    [InlineData("""{"Records":[{"eventSource":"aws:s3"},{"eventSource":"aws:ses"}]}""", 2)]
    [InlineData("""{"Records":[{"eventSource":"aws:s3"}]}""", 1)]
    [InlineData("""{"Records":[{"eventSource":"aws:s3"},{"eventSource":"aws:ses"}],"more":1}""", 1)]
    [InlineData("""[1,2]""", 1)]
    [InlineData("[]", 1)]
    [InlineData("[{}", 1)]
    [InlineData("{\"a\":1}\nno", 1)]
    [InlineData("", 1)]
    public void Only_what_stands_side_by_side_is_parted(string text, int parts) => Assert.Equal(parts, Parting.Of(Encoding.UTF8.GetBytes(text)).Count);

    [Fact]
    public void The_parts_of_any_sample_decode_to_what_the_whole_decodes_to()
    {
        foreach (var sample in Repository.Samples)
        {
            var bytes = Repository.Read(sample);
            foreach (var body in (byte[][])[bytes, [(byte)'[', .. bytes, (byte)',', .. bytes, (byte)']'], [.. bytes, (byte)'\n', .. bytes]])
            {
                Assert.Equal(
                    Pipeline.Decode(body).Select(envelope => (envelope.Publisher, envelope.DetailType, envelope.Text ?? envelope.Body.AsWritten)),
                    Parting.Of(body).SelectMany(part => Pipeline.Decode(part)).Select(envelope => (envelope.Publisher, envelope.DetailType, envelope.Text ?? envelope.Body.AsWritten)));
            }
        }
    }

    [Fact]
    public void Lines_are_parted_whatever_they_hold() =>
        Assert.Equal(["{", "no", "3"], Parting.Lines("{\r\n\n no \n3"u8.ToArray()).Select(Encoding.UTF8.GetString));

    [Fact]
    public void A_wrapped_request_decodes_to_its_body_with_its_headers()
    {
        foreach (var body in (byte[][])[Encoding.UTF8.GetBytes("""{"a":"ü\n\"<"}"""), "text"u8.ToArray(), [0xFF, 0xFE, 0x41, 0x00], []])
        {
            var bare = Pipeline.Decode(body)[0];
            var wrapped = Pipeline.Decode(Enveloping.Of("/hooks/x", "id-1", [new("x-event", "push"), new("x-signalbox-source", "ci")], body))[0];
            Assert.Equal(("id-1", "http", "push", "ci"), (wrapped.Id, wrapped.Transport, wrapped.Attribute("x-event"), wrapped.Topic));
            if (body is not [0xFF, ..]) Assert.Equal(bare.Text ?? bare.Body.AsWritten, wrapped.Text ?? wrapped.Body.AsWritten);
        }
    }
}
