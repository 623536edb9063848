namespace Gateway.ControlPlane;

/// <summary>Kong's numbers for what can be wrong with a write, as clients of the Admin API know them.</summary>
public enum ErrorCode
{
    InvalidPrimaryKey = 1,
    SchemaViolation = 2,
    PrimaryKeyViolation = 3,
    ForeignKeyViolation = 4,
    UniqueViolation = 5,
    NotFound = 6,
    InvalidOffset = 7,
    DatabaseError = 8,
    InvalidSize = 9,
    InvalidUnique = 10,
    InvalidOptions = 11,
    OperationUnsupported = 12,
    ForeignKeysUnresolved = 13,
    DeclarativeConfig = 14,
    ReferencedByOthers = 19,

    /// <summary>Not of Kong's: the releases are not in the state that the request needs.</summary>
    ReleaseConflict = 100,

    /// <summary>Not of Kong's: the principal's role does not allow it.</summary>
    Forbidden = 101,

    /// <summary>Not of Kong's: If-Match or If-None-Match does not hold.</summary>
    PreconditionFailed = 102,
}
