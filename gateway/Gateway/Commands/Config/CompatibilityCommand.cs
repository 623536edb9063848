using System.CommandLine;
using Gateway.Model.Declarative;

namespace Gateway.Commands.Config;

/// <summary><c>gateway config compatibility</c>: what of Kong's files this version honours and what it refuses, as Markdown.</summary>
internal static class CompatibilityCommand
{
    public static Command Create()
    {
        var command = new Command("compatibility", "Print what of Kong's declarative files this version honours and what it refuses, field by field, as Markdown");
        command.SetAction(_ => Console.Out.Write(KongCompatibility.Write()));
        return command;
    }
}
