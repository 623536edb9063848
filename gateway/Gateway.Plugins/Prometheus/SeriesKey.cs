using System.Runtime.InteropServices;

namespace Gateway.Plugins.Prometheus;

/// <summary>The labels of a series; those that a metric does not have are empty.</summary>
/// <param name="Kind">Status code, or direction of bytes.</param>
/// <param name="Source">Who answered: <c>service</c>, <c>exit</c> (a plugin or the gateway) or <c>error</c>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SeriesKey(string Service, string Route, string Kind, string Source, string Consumer);
