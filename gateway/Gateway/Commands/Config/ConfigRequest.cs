using Gateway.Commands.Admin;

namespace Gateway.Commands.Config;

/// <summary>What the command line of <c>gateway config sync</c> and <c>diff</c> says.</summary>
/// <param name="Paths">Files, and folders of files.</param>
/// <param name="SelectTags">What has all of these is the files'; empty where the files say so themselves, or with <paramref name="All"/>.</param>
/// <param name="All">The files are the whole configuration: what they lack is deleted.</param>
/// <param name="Wait">How long a control plane may take to answer at all.</param>
/// <param name="Json">The answer is for a program.</param>
internal sealed record ConfigRequest(IReadOnlyList<FileSystemInfo> Paths, AdminAddress Admin, IReadOnlyList<string> SelectTags, bool All, TimeSpan Wait, bool Json);
