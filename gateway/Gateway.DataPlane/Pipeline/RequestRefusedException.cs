using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Pipeline;

/// <summary>Thrown by a body while someone reads or writes it: the request ends with this answer, wherever it was.</summary>
public sealed class RequestRefusedException(GatewayResponse answer) : BadHttpRequestException(answer.Message ?? "The request was refused.", answer.Status)
{
    public GatewayResponse Answer { get; } = answer;

    /// <summary>What a client is told whose request broke while it was read. The server's own words are not for clients.</summary>
    internal static GatewayResponse AnswerTo(BadHttpRequestException failure) =>
        failure is RequestRefusedException refused ? refused.Answer : GatewayResponse.Error(failure.StatusCode, "Bad request");
}
