using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Gateway.ControlPlane.Store.Schema;

/// <summary>The tables, for both providers. Each provider has its own subclass, since each has its own migrations.</summary>
internal abstract class StoreContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<HeadRow> Head => Set<HeadRow>();
    public DbSet<RevisionRow> Revisions => Set<RevisionRow>();
    public DbSet<ChangeRow> Changes => Set<ChangeRow>();
    public DbSet<ReleaseRow> Releases => Set<ReleaseRow>();
    public DbSet<ReleaseMoveRow> ReleaseMoves => Set<ReleaseMoveRow>();
    public DbSet<SiteRow> Sites => Set<SiteRow>();
    public DbSet<EnrollmentTokenRow> EnrollmentTokens => Set<EnrollmentTokenRow>();
    public DbSet<IssuedCertificateRow> IssuedCertificates => Set<IssuedCertificateRow>();
    public DbSet<RevokedCertificateRow> RevokedCertificates => Set<RevokedCertificateRow>();
    public DbSet<InstanceRow> Instances => Set<InstanceRow>();
    public DbSet<InstanceUpstreamRow> InstanceUpstreams => Set<InstanceUpstreamRow>();
    public DbSet<TagRow> Tags => Set<TagRow>();
    public DbSet<TelemetryPointRow> TelemetryPoints => Set<TelemetryPointRow>();
    public DbSet<RequestMinuteRow> RequestMinutes => Set<RequestMinuteRow>();

    public DbSet<AccessTokenRow> AccessTokens => Set<AccessTokenRow>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var table in EntityTables.All)
        {
            table.Configure(modelBuilder);
        }

        modelBuilder.Entity<HeadRow>(head =>
        {
            head.ToTable("head").HasKey(row => row.Id);
            head.Property(row => row.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<RevisionRow>(revision =>
        {
            revision.ToTable("revisions").HasKey(row => row.Revision);
            revision.Property(row => row.Revision).ValueGeneratedNever();
        });
        modelBuilder.Entity<ChangeRow>(change =>
        {
            change.ToTable("changes").HasKey(row => new { row.Revision, row.Ordinal });
            change.HasOne<RevisionRow>().WithMany().HasForeignKey(row => row.Revision).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<ReleaseRow>(release => release.ToTable("releases").HasKey(row => row.Channel));
        modelBuilder.Entity<ReleaseMoveRow>(move =>
        {
            move.ToTable("release_moves").HasKey(row => row.Number);
            move.Property(row => row.Number).ValueGeneratedNever();
        });
        modelBuilder.Entity<SiteRow>(site => site.ToTable("sites").HasKey(row => row.Name));
        modelBuilder.Entity<EnrollmentTokenRow>(token =>
        {
            token.ToTable("enrollment_tokens").HasKey(row => row.Id);
            token.Property(row => row.Id).ValueGeneratedNever();
            token.HasIndex(row => row.Site);
            token.HasOne<SiteRow>().WithMany().HasForeignKey(row => row.Site).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<IssuedCertificateRow>(certificate =>
        {
            certificate.ToTable("issued_certificates").HasKey(row => row.SerialNumber);
            certificate.HasIndex(row => row.Site);
            certificate.HasIndex(row => row.NotAfter);
        });
        modelBuilder.Entity<RevokedCertificateRow>(certificate => certificate.ToTable("revoked_certificates").HasKey(row => row.SerialNumber));
        modelBuilder.Entity<InstanceRow>(instance =>
        {
            instance.ToTable("instances").HasKey(row => row.Id);
            instance.Property(row => row.Id).ValueGeneratedNever();
            instance.HasIndex(row => row.LastSeen);
        });
        modelBuilder.Entity<InstanceUpstreamRow>(upstream =>
        {
            upstream.ToTable("instance_upstreams").HasKey(row => new { row.Instance, row.Upstream });
            upstream.HasIndex(row => row.Upstream);
            upstream.HasOne<InstanceRow>().WithMany().HasForeignKey(row => row.Instance).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<TagRow>(tag =>
        {
            tag.ToTable("tags").HasKey(row => new { row.Kind, row.EntityId, row.Tag });
            tag.HasIndex(row => new { row.Tag, row.Kind, row.EntityId });
        });
        modelBuilder.Entity<TelemetryPointRow>(point =>
        {
            point.ToTable("telemetry_points").HasKey(row => new { row.Site, row.Instance, row.Metric, row.AttributesHash, row.StartTime });
            point.HasIndex(row => row.Time);
        });
        modelBuilder.Entity<RequestMinuteRow>(minute =>
        {
            minute.ToTable("request_minutes").HasKey(row => new { row.Site, row.Minute, row.Metric, row.AttributesHash });
            minute.HasIndex(row => new { row.Metric, row.Minute });
        });

        modelBuilder.Entity<AccessTokenRow>(token =>
        {
            token.ToTable("access_tokens").HasKey(row => row.Id);
            token.Property(row => row.Id).ValueGeneratedNever();
            token.HasIndex(row => row.Name).IsUnique();
            token.HasIndex(row => row.SecretHash).IsUnique();
        });
        modelBuilder.Entity<AuditRow>(record =>
        {
            record.ToTable("audit").HasKey(row => row.Id);
            record.Property(row => row.Id).ValueGeneratedNever();
            record.HasIndex(row => row.Time);
        });

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}
