using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class PostgreSqlStoreContext(DbContextOptions<PostgreSqlStoreContext> options) : StoreContext(options);
