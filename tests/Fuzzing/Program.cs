using System.CommandLine;
using Hybrid.Fuzzing;

var names = new Argument<string[]>("TARGET") { Description = $"Some of {string.Join(", ", FuzzTarget.All.Select(target => target.Name))}; all where none is given", Arity = ArgumentArity.ZeroOrMore };
names.AcceptOnlyFromAmong([.. FuzzTarget.All.Select(target => target.Name)]);
var seconds = new Option<int>("--seconds") { Description = "For each target", DefaultValueFactory = _ => 30 };
var seed = new Option<int?>("--seed") { Description = "Repeats a run" };
var root = new RootCommand("Throws changed inputs at what reads foreign bytes. A finding is printed with its smallest input, for the corpus.") { names, seconds, seed };
root.SetAction(arguments =>
{
    var chosen = arguments.GetValue(names) is { Length: > 0 } some ? FuzzTarget.All.Where(target => some.Contains(target.Name, StringComparer.Ordinal)) : FuzzTarget.All;
    var exitCode = 0;
    foreach (var target in chosen)
    {
        var with = arguments.GetValue(seed) ?? Environment.TickCount;
        var finding = Fuzzer.Run(target, with, TimeSpan.FromSeconds(arguments.GetValue(seconds)), out var tried);
        Console.WriteLine(finding is { } found
            ? $"{target.Name}: seed {with}, after {tried:N0} inputs: {found.Problem}\n  base64: {Convert.ToBase64String(found.Input)}"
            : $"{target.Name}: {tried:N0} inputs, all well");
        exitCode |= finding is null ? 0 : 1;
    }

    return exitCode;
});
return await root.Parse(args).InvokeAsync();
