using System.Text.Json.Nodes;
using Gateway.Model;

namespace Gateway.ControlPlane.Admin.Http;

/// <summary>Kong's names and statuses of errors.</summary>
internal static class AdminErrors
{
    public static AdminResponse Render(ConfigurationError error)
    {
        if (error.Code == ErrorCode.NotFound)
        {
            return AdminResponse.NotFound();
        }

        var (status, name) = Describe(error.Code);
        var body = new JsonObject { ["message"] = error.Message, ["name"] = name, ["code"] = (int)error.Code };
        if (error.Fields is not null)
        {
            body["fields"] = error.Fields.DeepClone();
        }

        if (error.Errors.Count > 0)
        {
            body["errors"] = new JsonArray([.. error.Errors.Select(Describe)]);
        }

        return new AdminResponse(status, body);
    }

    private static JsonObject Describe(ModelError error)
    {
        var described = new JsonObject { ["field"] = error.Field, ["problem"] = error.Problem };
        if (error.Allowed is not null)
        {
            described["allowed"] = error.Allowed;
        }

        return described;
    }

    private static (int Status, string Name) Describe(ErrorCode code) => code switch
    {
        ErrorCode.InvalidPrimaryKey => (StatusCodes.Status400BadRequest, "invalid primary key"),
        ErrorCode.SchemaViolation => (StatusCodes.Status400BadRequest, "schema violation"),
        ErrorCode.PrimaryKeyViolation => (StatusCodes.Status400BadRequest, "primary key violation"),
        ErrorCode.ForeignKeyViolation => (StatusCodes.Status400BadRequest, "foreign key violation"),
        ErrorCode.UniqueViolation => (StatusCodes.Status409Conflict, "unique constraint violation"),
        ErrorCode.InvalidOffset => (StatusCodes.Status400BadRequest, "invalid offset"),
        // 503 where Kong says 500: the request was right, and may be repeated.
        ErrorCode.DatabaseError => (StatusCodes.Status503ServiceUnavailable, "database error"),
        ErrorCode.InvalidSize => (StatusCodes.Status400BadRequest, "invalid size"),
        ErrorCode.InvalidUnique => (StatusCodes.Status400BadRequest, "invalid unique"),
        ErrorCode.InvalidOptions => (StatusCodes.Status400BadRequest, "invalid options"),
        ErrorCode.OperationUnsupported => (StatusCodes.Status405MethodNotAllowed, "operation unsupported"),
        ErrorCode.ForeignKeysUnresolved => (StatusCodes.Status400BadRequest, "foreign keys unresolved"),
        ErrorCode.DeclarativeConfig => (StatusCodes.Status400BadRequest, "invalid declarative configuration"),
        ErrorCode.ReferencedByOthers => (StatusCodes.Status400BadRequest, "referenced by others"),
        ErrorCode.ReleaseConflict => (StatusCodes.Status409Conflict, "release conflict"),
        ErrorCode.Forbidden => (StatusCodes.Status403Forbidden, "forbidden"),
        ErrorCode.PreconditionFailed => (StatusCodes.Status412PreconditionFailed, "precondition failed"),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, message: null),
    };
}
