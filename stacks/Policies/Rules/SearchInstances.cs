using System.Collections.Immutable;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>
/// The instance types of OpenSearch Service that take gp3 volumes, with the largest volume of each in GiB
/// (https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html#ebsresource).
/// </summary>
internal static class SearchInstances
{
    public static readonly ImmutableSortedDictionary<string, int> LargestVolume = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal,
        new (string Family, (string Size, int GiB)[] Sizes)[]
        {
            ("t3", [("small", 100), ("medium", 200)]),
            ("m5", [("large", 1024), ("xlarge", 2048), ("2xlarge", 3072), ("4xlarge", 6144), ("12xlarge", 18_432)]),
            ("m6g", [("large", 1024), ("xlarge", 2048), ("2xlarge", 3072), ("4xlarge", 6144), ("8xlarge", 12_288), ("12xlarge", 18_432)]),
            ("m7g", [("medium", 512), ("large", 768), ("xlarge", 2048), ("2xlarge", 3072), ("4xlarge", 6144), ("8xlarge", 12_288), ("12xlarge", 18_432), ("16xlarge", 24_576)]),
            ("c5", [("large", 256), ("xlarge", 512), ("2xlarge", 1024), ("4xlarge", 1536), ("9xlarge", 3584), ("18xlarge", 7168)]),
            ("c6g", [("large", 256), ("xlarge", 512), ("2xlarge", 1024), ("4xlarge", 1536), ("8xlarge", 3072), ("12xlarge", 4608)]),
            ("c7g", [("large", 256), ("xlarge", 512), ("2xlarge", 1024), ("4xlarge", 1536), ("8xlarge", 3072), ("12xlarge", 4608), ("16xlarge", 6144)]),
            ("r5", [("large", 2048), ("xlarge", 3072), ("2xlarge", 6144), ("4xlarge", 12_288), ("12xlarge", 24_576)]),
            ("r6g", [("large", 2048), ("xlarge", 3072), ("2xlarge", 6144), ("4xlarge", 12_288), ("8xlarge", 16_384), ("12xlarge", 24_576)]),
            ("r7g", [("medium", 768), ("large", 1536), ("xlarge", 3072), ("2xlarge", 6144), ("4xlarge", 12_288), ("8xlarge", 16_384), ("12xlarge", 24_576), ("16xlarge", 36_864)]),
        }.SelectMany(family => family.Sizes.Select(size => KeyValuePair.Create($"{family.Family}.{size.Size}.search", size.GiB))));
}
