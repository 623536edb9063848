using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class SqliteStoreContext(DbContextOptions<SqliteStoreContext> options) : StoreContext(options);
