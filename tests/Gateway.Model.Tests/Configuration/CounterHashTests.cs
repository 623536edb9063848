using System.Buffers.Binary;
using System.Security.Cryptography;
using Gateway.Model.Configuration;

namespace Gateway.Model.Tests.Configuration;

public sealed class CounterHashTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(32)]
    [InlineData(256)]
    public void It_is_the_platforms_SHA_512_of_element_and_counter(int counters)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var element = SHA512.HashData([(byte)seed, (byte)counters]);
            var output = new byte[counters * SHA512.HashSizeInBytes];

            CounterHash.Expand(element, output);

            for (var counter = 0; counter < counters; counter++)
            {
                var input = new byte[element.Length + sizeof(int)];
                element.CopyTo(input, 0);
                BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(element.Length), counter);
                Assert.Equal(SHA512.HashData(input), output[(counter * SHA512.HashSizeInBytes)..((counter + 1) * SHA512.HashSizeInBytes)]);
            }
        }
    }
}
