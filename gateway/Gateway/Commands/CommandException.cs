namespace Gateway.Commands;

/// <summary>Something the user can put right. Its message is what is shown, after <c>gateway: </c>.</summary>
internal class CommandException(string message) : Exception(message);
