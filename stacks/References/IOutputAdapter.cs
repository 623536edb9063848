using Hybrid.Stacks.Configuration;
using Pulumi;

namespace Hybrid.Stacks.References;

/// <summary>One type of output between layers.</summary>
internal interface IOutputAdapter
{
    object Export(object output, bool secret);

    object Import(Output<object> raw, bool secret, Func<string, ConfigurationException> invalid);
}
