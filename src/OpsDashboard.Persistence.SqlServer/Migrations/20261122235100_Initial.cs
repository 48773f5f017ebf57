using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsDashboard.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Accounts",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(36)", maxLength: 36, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    PersonId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: true),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    LastSignInAtMs = table.Column<long>(type: "bigint", nullable: true),
                    LockedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    RefusedUntilMs = table.Column<long>(type: "bigint", nullable: true),
                    IsDemo = table.Column<bool>(type: "bit", nullable: false),
                    TotpSecret = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true),
                    NextTotpSecret = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true),
                    TotpStep = table.Column<long>(type: "bigint", nullable: false),
                    UserName = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: true),
                    NormalizedUserName = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: true),
                    Email = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: true),
                    NormalizedEmail = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: true),
                    PasswordHash = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true),
                    SecurityStamp = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    AccessFailedCount = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Accounts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AlertIntegrations",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: true),
                    KeyHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    KeyHint = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false),
                    StaleAfterSeconds = table.Column<int>(type: "int", nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    RevokedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    LastReceivedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    LastReceived = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    Received = table.Column<long>(type: "bigint", nullable: false),
                    LastFaultAtMs = table.Column<long>(type: "bigint", nullable: true),
                    LastFault = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlertIntegrations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AlertRoutingRules",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Position = table.Column<int>(type: "int", nullable: false),
                    Definition = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Shipped = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlertRoutingRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Alerts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    OpenKey = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    Source = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    IntegrationId = table.Column<int>(type: "int", nullable: true),
                    GroupKey = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Title = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Description = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true),
                    Labels = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Annotations = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Link = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Service = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: true),
                    Level = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Severity = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Action = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    PolicyId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: true),
                    StartsAtMs = table.Column<long>(type: "bigint", nullable: false),
                    OpenedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    LastSeenAtMs = table.Column<long>(type: "bigint", nullable: false),
                    StaleAfterSeconds = table.Column<int>(type: "int", nullable: true),
                    ResolvedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    Repeats = table.Column<int>(type: "int", nullable: false),
                    Occurrences = table.Column<int>(type: "int", nullable: false),
                    Mute = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    SilenceId = table.Column<int>(type: "int", nullable: true),
                    IncidentId = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Alerts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AnsweredCommands",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    RequestHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Answer = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    AtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AnsweredCommands", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ApiKeys",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    KeyHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Verbs = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    Places = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    Sources = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Tier = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    ExpiresAtMs = table.Column<long>(type: "bigint", nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    OwnerId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    FollowsId = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: true),
                    RevokedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    RevokedBy = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    LastUsedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    LastUsedFrom = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    WarnedAtMs = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AuditEntries",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    AtMs = table.Column<long>(type: "bigint", nullable: false),
                    Actor = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Action = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Object = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    Outcome = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Body = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntries", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "AuditHead",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    FirstKey = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditHead", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AuditSeals",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    AtMs = table.Column<long>(type: "bigint", nullable: false),
                    KeyId = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false),
                    NextKey = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    Signature = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditSeals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Backups",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    AtMs = table.Column<long>(type: "bigint", nullable: false),
                    Place = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: true),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Backups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CatalogDocuments",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(150)", maxLength: 150, nullable: false),
                    Yaml = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Origin = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    CatalogHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    EditedByUser = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CatalogDocuments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Certifications",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    When = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Note = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    ChangedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Certifications", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ChangeFeed",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Topic = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Detail = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    AtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChangeFeed", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "ChangeHooks",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Host = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Service = table.Column<string>(type: "nvarchar(127)", maxLength: 127, nullable: false),
                    KeyHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Secret = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    LastReceivedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    LastReceived = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChangeHooks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ComplianceChecks",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    AtMs = table.Column<long>(type: "bigint", nullable: false),
                    Day = table.Column<int>(type: "int", nullable: true),
                    Met = table.Column<int>(type: "int", nullable: false),
                    Minor = table.Column<int>(type: "int", nullable: false),
                    Major = table.Column<int>(type: "int", nullable: false),
                    Findings = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ComplianceChecks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ComplianceViolations",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ControlId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    SinceMs = table.Column<long>(type: "bigint", nullable: false),
                    EscalatedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    EndedAtMs = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ComplianceViolations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ContactMethods",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    PersonId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Channel = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Address = table.Column<string>(type: "nvarchar(2300)", maxLength: 2300, nullable: false),
                    IsDemo = table.Column<bool>(type: "bit", nullable: false),
                    Label = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    DelaySeconds = table.Column<int>(type: "int", nullable: false),
                    SigningSecret = table.Column<string>(type: "nvarchar(1100)", maxLength: 1100, nullable: true),
                    VerifiedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    CodeHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    CodeSentAtMs = table.Column<long>(type: "bigint", nullable: true),
                    CodeTries = table.Column<int>(type: "int", nullable: false),
                    Sent = table.Column<int>(type: "int", nullable: false),
                    TestedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactMethods", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Customers",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Tier = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Customers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DataKeys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Xml = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DataKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DataSources",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Path = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Definition = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Settings = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DataSources", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Days",
                columns: table => new
                {
                    SeriesId = table.Column<int>(type: "int", nullable: false),
                    Day = table.Column<int>(type: "int", nullable: false),
                    Good = table.Column<long>(type: "bigint", nullable: false),
                    Total = table.Column<long>(type: "bigint", nullable: false),
                    SeenMinutes = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Days", x => new { x.SeriesId, x.Day });
                });

            migrationBuilder.CreateTable(
                name: "Deployments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Service = table.Column<string>(type: "nvarchar(127)", maxLength: 127, nullable: false),
                    Environment = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Version = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Team = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    StartedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    FinishedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    Outcome = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Body = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Origin = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Deployments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "EscalationPolicies",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Path = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Repeats = table.Column<int>(type: "int", nullable: false),
                    Levels = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Scopes = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Document = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: true),
                    Section = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    Quote = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    WithinSeconds = table.Column<int>(type: "int", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    UpdatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EscalationPolicies", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HourChunks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    SeriesId = table.Column<int>(type: "int", nullable: false),
                    Hour = table.Column<int>(type: "int", nullable: false),
                    Good = table.Column<long>(type: "bigint", nullable: false),
                    Total = table.Column<long>(type: "bigint", nullable: false),
                    Data = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HourChunks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "IncidentDays",
                columns: table => new
                {
                    Day = table.Column<int>(type: "int", nullable: false),
                    Last = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentDays", x => x.Day);
                });

            migrationBuilder.CreateTable(
                name: "Incidents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Summary = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Severity = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    SeverityRank = table.Column<int>(type: "int", nullable: false),
                    Phase = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    ReporterTier = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    GroupKey = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true),
                    OpenedBy = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    OpenedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    StartedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    DetectedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    AcknowledgedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    TriagedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    MitigatedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    ResolvedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    AcknowledgedBy = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    AcknowledgedById = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: true),
                    SupportAnsweredAtMs = table.Column<long>(type: "bigint", nullable: true),
                    PolicyId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    LevelName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    Escalation = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    EscalationLevel = table.Column<int>(type: "int", nullable: false),
                    EscalationCycle = table.Column<int>(type: "int", nullable: false),
                    EscalationRound = table.Column<int>(type: "int", nullable: false),
                    EscalationDueAtMs = table.Column<long>(type: "bigint", nullable: true),
                    SnoozedUntilMs = table.Column<long>(type: "bigint", nullable: true),
                    PolicyIsChosen = table.Column<bool>(type: "bit", nullable: false),
                    Undo = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    EscalatedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    Unanswered = table.Column<bool>(type: "bit", nullable: false),
                    CommunicatedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    ToldClocks = table.Column<int>(type: "int", nullable: false),
                    MissedUpdates = table.Column<int>(type: "int", nullable: false),
                    MergedIntoId = table.Column<long>(type: "bigint", nullable: true),
                    PublicTitle = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    PublicStatus = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Incidents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "IncidentTimeline",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    IncidentId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: false),
                    Actor = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    AtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentTimeline", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "IncidentUpdates",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    IncidentId = table.Column<long>(type: "bigint", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    Status = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    ToStatusPage = table.Column<bool>(type: "bit", nullable: false),
                    ToCustomers = table.Column<bool>(type: "bit", nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    AtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentUpdates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "IntakeBatches",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    ReceivedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    Accepted = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IntakeBatches", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "KeyMinutes",
                columns: table => new
                {
                    KeyId = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: false),
                    Minute = table.Column<long>(type: "bigint", nullable: false),
                    Taken = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeyMinutes", x => x.KeyId);
                });

            migrationBuilder.CreateTable(
                name: "Kpis",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Definition = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    CatalogHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    EditedByUser = table.Column<bool>(type: "bit", nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Kpis", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Leases",
                columns: table => new
                {
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    Holder = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Token = table.Column<long>(type: "bigint", nullable: false),
                    Beat = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Leases", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "MaintenanceSeries",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Service = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: true),
                    Rule = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    WrittenThroughMs = table.Column<long>(type: "bigint", nullable: false),
                    EndedAtMs = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MaintenanceSeries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MetricRules",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(150)", maxLength: 150, nullable: false),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Definition = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Enabled = table.Column<bool>(type: "bit", nullable: false),
                    EditedByUser = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MetricRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OnCallOverrides",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ScheduleId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Position = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    StartMs = table.Column<long>(type: "bigint", nullable: false),
                    EndMs = table.Column<long>(type: "bigint", nullable: false),
                    PersonId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    SwapId = table.Column<int>(type: "int", nullable: true),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    UpdatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OnCallOverrides", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OnCallSchedules",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    CalendarKeyHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    UpdatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OnCallSchedules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OnCallScheduleVersions",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ScheduleId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    EffectiveFromMs = table.Column<long>(type: "bigint", nullable: false),
                    Zone = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    Positions = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OnCallScheduleVersions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OnCallSwaps",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ScheduleId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Position = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    FromPersonId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    ToPersonId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    StartMs = table.Column<long>(type: "bigint", nullable: false),
                    EndMs = table.Column<long>(type: "bigint", nullable: false),
                    ReturnStartMs = table.Column<long>(type: "bigint", nullable: true),
                    ReturnEndMs = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    DecidedAtMs = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OnCallSwaps", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Outbox",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    DedupeKey = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    IdempotencyKey = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Channel = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Address = table.Column<string>(type: "nvarchar(2300)", maxLength: 2300, nullable: false),
                    Target = table.Column<string>(type: "nvarchar(260)", maxLength: 260, nullable: false),
                    Subject = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Text = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Html = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    SigningSecret = table.Column<string>(type: "nvarchar(1100)", maxLength: 1100, nullable: true),
                    Headers = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true),
                    PersonId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    ContactId = table.Column<int>(type: "int", nullable: true),
                    Urgent = table.Column<bool>(type: "bit", nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    FirstDueMs = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    QueuedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    DueMs = table.Column<long>(type: "bigint", nullable: false),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    ClaimId = table.Column<long>(type: "bigint", nullable: false),
                    ClaimedBy = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    StopRequested = table.Column<bool>(type: "bit", nullable: false),
                    Note = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true),
                    SettledAtMs = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outbox", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Pages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    IncidentId = table.Column<long>(type: "bigint", nullable: false),
                    Level = table.Column<int>(type: "int", nullable: false),
                    Cycle = table.Column<int>(type: "int", nullable: false),
                    PersonId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    PersonName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    ContactId = table.Column<int>(type: "int", nullable: false),
                    LevelName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Title = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Severity = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    CatchAll = table.Column<bool>(type: "bit", nullable: false),
                    MessageKey = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    TokenHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    OwedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    DueMs = table.Column<long>(type: "bigint", nullable: false),
                    UsedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    WithdrawnAtMs = table.Column<long>(type: "bigint", nullable: true),
                    WithdrawnReason = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Pages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "People",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Roles = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    Zone = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    ActiveFromMs = table.Column<long>(type: "bigint", nullable: true),
                    ActiveToMs = table.Column<long>(type: "bigint", nullable: true),
                    CalendarKeyHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    UpdatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_People", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Probes",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Path = table.Column<string>(type: "nvarchar(250)", maxLength: 250, nullable: false),
                    Definition = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    AvailabilitySeriesId = table.Column<int>(type: "int", nullable: false),
                    MeasureSeriesId = table.Column<int>(type: "int", nullable: false),
                    LastAtMs = table.Column<long>(type: "bigint", nullable: true),
                    LastVerdict = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    LastMilliseconds = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: true),
                    LastDaysLeft = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: true),
                    LastDetail = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Probes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PrometheusPolls",
                columns: table => new
                {
                    SeriesId = table.Column<int>(type: "int", nullable: false),
                    SourceId = table.Column<int>(type: "int", nullable: false),
                    NextMinute = table.Column<int>(type: "int", nullable: false),
                    PlannedTo = table.Column<int>(type: "int", nullable: true),
                    LastSuccessMs = table.Column<long>(type: "bigint", nullable: true),
                    Fault = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    FaultAtMs = table.Column<long>(type: "bigint", nullable: true),
                    Failures = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PrometheusPolls", x => x.SeriesId);
                });

            migrationBuilder.CreateTable(
                name: "QuietHours",
                columns: table => new
                {
                    PersonId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Zone = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    FromMinute = table.Column<int>(type: "int", nullable: false),
                    ToMinute = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuietHours", x => x.PersonId);
                });

            migrationBuilder.CreateTable(
                name: "Reports",
                columns: table => new
                {
                    Month = table.Column<int>(type: "int", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    MadeAtMs = table.Column<long>(type: "bigint", nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Pages = table.Column<int>(type: "int", nullable: false),
                    Fingerprint = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Bytes = table.Column<int>(type: "int", nullable: false),
                    Summary = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    Pdf = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reports", x => new { x.Month, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "ReportSubscribers",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Email = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportSubscribers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RollbackHooks",
                columns: table => new
                {
                    Service = table.Column<string>(type: "nvarchar(127)", maxLength: 127, nullable: false),
                    Address = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Secret = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RollbackHooks", x => x.Service);
                });

            migrationBuilder.CreateTable(
                name: "Services",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Path = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    DisplayName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Description = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Services", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Settings",
                columns: table => new
                {
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Value = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Settings", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "Silences",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Matchers = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    StartsAtMs = table.Column<long>(type: "bigint", nullable: false),
                    EndsAtMs = table.Column<long>(type: "bigint", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    EndedBy = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Silences", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Slis",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Path = table.Column<string>(type: "nvarchar(250)", maxLength: 250, nullable: false),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Service = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Definition = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    EditedByUser = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Slis", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Slos",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Path = table.Column<string>(type: "nvarchar(250)", maxLength: 250, nullable: false),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Service = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    Origin = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    OriginHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Slos", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StatusComponents",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    PublicId = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Service = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    Name = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Description = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    GroupName = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true),
                    Position = table.Column<int>(type: "int", nullable: false),
                    Shown = table.Column<bool>(type: "bit", nullable: false),
                    UptimeSlo = table.Column<string>(type: "nvarchar(250)", maxLength: 250, nullable: true),
                    SinceMs = table.Column<long>(type: "bigint", nullable: false),
                    TellsState = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    UpdatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatusComponents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StatusNotices",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Cause = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Platforms = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    Subject = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Text = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Path = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Payload = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    ToldThrough = table.Column<int>(type: "int", nullable: false),
                    Done = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatusNotices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StatusSubscribers",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Page = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Address = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    AddressHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    ConfirmHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    ConfirmUntilMs = table.Column<long>(type: "bigint", nullable: false),
                    LeaveHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    LeaveSealed = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    SecretSealed = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    Challenges = table.Column<int>(type: "int", nullable: false),
                    NextChallengeMs = table.Column<long>(type: "bigint", nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    ConfirmedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    AskedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatusSubscribers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Teams",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Owns = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Teams", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AccountClaims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    UserId = table.Column<string>(type: "nvarchar(36)", maxLength: 36, nullable: true),
                    ClaimType = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    ClaimValue = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AccountClaims_Accounts_UserId",
                        column: x => x.UserId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AccountLogins",
                columns: table => new
                {
                    LoginProvider = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false),
                    ProviderKey = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    ProviderDisplayName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    UserId = table.Column<string>(type: "nvarchar(36)", maxLength: 36, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountLogins", x => new { x.LoginProvider, x.ProviderKey });
                    table.ForeignKey(
                        name: "FK_AccountLogins_Accounts_UserId",
                        column: x => x.UserId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AccountPasskeys",
                columns: table => new
                {
                    CredentialId = table.Column<byte[]>(type: "varbinary(1024)", maxLength: 1024, nullable: false),
                    UserId = table.Column<string>(type: "nvarchar(36)", maxLength: 36, nullable: true),
                    Data = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountPasskeys", x => x.CredentialId);
                    table.ForeignKey(
                        name: "FK_AccountPasskeys_Accounts_UserId",
                        column: x => x.UserId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AccountRoles",
                columns: table => new
                {
                    AccountId = table.Column<string>(type: "nvarchar(36)", maxLength: 36, nullable: false),
                    Role = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Reach = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountRoles", x => new { x.AccountId, x.Role });
                    table.ForeignKey(
                        name: "FK_AccountRoles_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AccountTokens",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "nvarchar(36)", maxLength: 36, nullable: false),
                    LoginProvider = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false),
                    Value = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountTokens", x => new { x.UserId, x.LoginProvider, x.Name });
                    table.ForeignKey(
                        name: "FK_AccountTokens_Accounts_UserId",
                        column: x => x.UserId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "OneTimeLinks",
                columns: table => new
                {
                    TokenHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    AccountId = table.Column<string>(type: "nvarchar(36)", maxLength: 36, nullable: true),
                    ExpiresAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OneTimeLinks", x => x.TokenHash);
                    table.ForeignKey(
                        name: "FK_OneTimeLinks_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RecoveryCodes",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    AccountId = table.Column<string>(type: "nvarchar(36)", maxLength: 36, nullable: false),
                    CodeHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecoveryCodes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RecoveryCodes_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Sessions",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(36)", maxLength: 36, nullable: false),
                    TokenHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    AccountId = table.Column<string>(type: "nvarchar(36)", maxLength: 36, nullable: false),
                    IsPending = table.Column<bool>(type: "bit", nullable: false),
                    BySecondFactor = table.Column<bool>(type: "bit", nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    SeenAtMs = table.Column<long>(type: "bigint", nullable: false),
                    ExpiresAtMs = table.Column<long>(type: "bigint", nullable: false),
                    ConfirmedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    Address = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    Device = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sessions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Sessions_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Heartbeats",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    IntegrationId = table.Column<int>(type: "int", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: true),
                    Service = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: true),
                    IntervalSeconds = table.Column<int>(type: "int", nullable: false),
                    GraceSeconds = table.Column<int>(type: "int", nullable: false),
                    Level = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    LastPingAtMs = table.Column<long>(type: "bigint", nullable: true),
                    DueAtMs = table.Column<long>(type: "bigint", nullable: false),
                    Alarmed = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Heartbeats", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Heartbeats_AlertIntegrations_IntegrationId",
                        column: x => x.IntegrationId,
                        principalTable: "AlertIntegrations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AlertOccurrences",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    AlertId = table.Column<long>(type: "bigint", nullable: true),
                    StartsAtMs = table.Column<long>(type: "bigint", nullable: false),
                    EndsAtMs = table.Column<long>(type: "bigint", nullable: true),
                    FirstSeenAtMs = table.Column<long>(type: "bigint", nullable: false),
                    EndSeenAtMs = table.Column<long>(type: "bigint", nullable: true),
                    Repeats = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlertOccurrences", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AlertOccurrences_Alerts_AlertId",
                        column: x => x.AlertId,
                        principalTable: "Alerts",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Agreements",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    CustomerId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    EndsAtMs = table.Column<long>(type: "bigint", nullable: true),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Agreements", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Agreements_Customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RollbackDecisions",
                columns: table => new
                {
                    DeploymentId = table.Column<long>(type: "bigint", nullable: false),
                    Rule = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Value = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: false),
                    Limit = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: false),
                    DecidedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    Called = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RollbackDecisions", x => x.DeploymentId);
                    table.ForeignKey(
                        name: "FK_RollbackDecisions_Deployments_DeploymentId",
                        column: x => x.DeploymentId,
                        principalTable: "Deployments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "IncidentAlerts",
                columns: table => new
                {
                    IncidentId = table.Column<long>(type: "bigint", nullable: false),
                    AlertId = table.Column<long>(type: "bigint", nullable: false),
                    Title = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    AttachedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    ClearedAtMs = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentAlerts", x => new { x.IncidentId, x.AlertId });
                    table.ForeignKey(
                        name: "FK_IncidentAlerts_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "IncidentCustomers",
                columns: table => new
                {
                    IncidentId = table.Column<long>(type: "bigint", nullable: false),
                    Customer = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Tier = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentCustomers", x => new { x.IncidentId, x.Customer });
                    table.ForeignKey(
                        name: "FK_IncidentCustomers_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "IncidentPaths",
                columns: table => new
                {
                    IncidentId = table.Column<long>(type: "bigint", nullable: false),
                    PolicyId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    CalledAtMs = table.Column<long>(type: "bigint", nullable: false),
                    CalledBy = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentPaths", x => new { x.IncidentId, x.PolicyId });
                    table.ForeignKey(
                        name: "FK_IncidentPaths_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "IncidentPauses",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    IncidentId = table.Column<long>(type: "bigint", nullable: false),
                    FromMs = table.Column<long>(type: "bigint", nullable: false),
                    UntilMs = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentPauses", x => x.Id);
                    table.ForeignKey(
                        name: "FK_IncidentPauses_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "IncidentRoles",
                columns: table => new
                {
                    IncidentId = table.Column<long>(type: "bigint", nullable: false),
                    Role = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    PersonId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: true),
                    Person = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentRoles", x => new { x.IncidentId, x.Role });
                    table.ForeignKey(
                        name: "FK_IncidentRoles_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "IncidentServices",
                columns: table => new
                {
                    IncidentId = table.Column<long>(type: "bigint", nullable: false),
                    Path = table.Column<string>(type: "nvarchar(130)", maxLength: 130, nullable: false),
                    Impact = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentServices", x => new { x.IncidentId, x.Path });
                    table.ForeignKey(
                        name: "FK_IncidentServices_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "IncidentSlos",
                columns: table => new
                {
                    IncidentId = table.Column<long>(type: "bigint", nullable: false),
                    Slo = table.Column<string>(type: "nvarchar(250)", maxLength: 250, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentSlos", x => new { x.IncidentId, x.Slo });
                    table.ForeignKey(
                        name: "FK_IncidentSlos_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "IncidentTasks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    IncidentId = table.Column<long>(type: "bigint", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Assignee = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    DoneAtMs = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentTasks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_IncidentTasks_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "IncidentTimers",
                columns: table => new
                {
                    IncidentId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    DueAtMs = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentTimers", x => new { x.IncidentId, x.Kind });
                    table.ForeignKey(
                        name: "FK_IncidentTimers_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PostMortems",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    IncidentId = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    OpenedBy = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    OpenedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    DueAtMs = table.Column<long>(type: "bigint", nullable: false),
                    PublishedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    UpdatedBy = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    UpdatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    ToldOverdueAtMs = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PostMortems", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PostMortems_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "KpiAims",
                columns: table => new
                {
                    KpiId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    FromDay = table.Column<int>(type: "int", nullable: false),
                    Aim = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KpiAims", x => new { x.KpiId, x.Number });
                    table.ForeignKey(
                        name: "FK_KpiAims_Kpis_KpiId",
                        column: x => x.KpiId,
                        principalTable: "Kpis",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "KpiEntries",
                columns: table => new
                {
                    KpiId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Start = table.Column<int>(type: "int", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Value = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: true),
                    IsCurrent = table.Column<bool>(type: "bit", nullable: false),
                    Source = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Note = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    AtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KpiEntries", x => new { x.KpiId, x.Start, x.Number });
                    table.ForeignKey(
                        name: "FK_KpiEntries_Kpis_KpiId",
                        column: x => x.KpiId,
                        principalTable: "Kpis",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "MaintenanceWindows",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Platform = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Service = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: true),
                    StartMs = table.Column<long>(type: "bigint", nullable: false),
                    EndMs = table.Column<long>(type: "bigint", nullable: false),
                    AnnouncedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    SeriesId = table.Column<int>(type: "int", nullable: true),
                    VerifyingSinceMs = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MaintenanceWindows", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MaintenanceWindows_MaintenanceSeries_SeriesId",
                        column: x => x.SeriesId,
                        principalTable: "MaintenanceSeries",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "MetricRuleStates",
                columns: table => new
                {
                    RuleId = table.Column<string>(type: "nvarchar(150)", maxLength: 150, nullable: false),
                    SliId = table.Column<string>(type: "nvarchar(250)", maxLength: 250, nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Value = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: true),
                    SinceMs = table.Column<long>(type: "bigint", nullable: true),
                    EvaluatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MetricRuleStates", x => new { x.RuleId, x.SliId });
                    table.ForeignKey(
                        name: "FK_MetricRuleStates_MetricRules_RuleId",
                        column: x => x.RuleId,
                        principalTable: "MetricRules",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "DeliveryAttempts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    MessageId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    StartedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    EndedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    Outcome = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Answer = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeliveryAttempts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DeliveryAttempts_Outbox_MessageId",
                        column: x => x.MessageId,
                        principalTable: "Outbox",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "BurnAlerts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    SloId = table.Column<int>(type: "int", nullable: false),
                    Rule = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Severity = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Threshold = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: false),
                    SinceMs = table.Column<long>(type: "bigint", nullable: false),
                    UntilMs = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BurnAlerts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BurnAlerts_Slos_SloId",
                        column: x => x.SloId,
                        principalTable: "Slos",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SloMonths",
                columns: table => new
                {
                    SloId = table.Column<int>(type: "int", nullable: false),
                    Month = table.Column<int>(type: "int", nullable: false),
                    Target = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: false),
                    Sli = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: true),
                    Good = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: false),
                    Total = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: false),
                    BadSeconds = table.Column<long>(type: "bigint", nullable: false),
                    ExcludedSeconds = table.Column<long>(type: "bigint", nullable: false),
                    Coverage = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: false),
                    BudgetTotal = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: false),
                    RemainingRatio = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: true),
                    SloVersion = table.Column<int>(type: "int", nullable: false),
                    ClosedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SloMonths", x => new { x.SloId, x.Month });
                    table.ForeignKey(
                        name: "FK_SloMonths_Slos_SloId",
                        column: x => x.SloId,
                        principalTable: "Slos",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SloRevisions",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    SloId = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    EffectiveFromMs = table.Column<long>(type: "bigint", nullable: false),
                    Definition = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    ByUser = table.Column<bool>(type: "bit", nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SloRevisions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SloRevisions_Slos_SloId",
                        column: x => x.SloId,
                        principalTable: "Slos",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SloStatuses",
                columns: table => new
                {
                    SloId = table.Column<int>(type: "int", nullable: false),
                    EvaluatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    Status = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SloStatuses", x => x.SloId);
                    table.ForeignKey(
                        name: "FK_SloStatuses_Slos_SloId",
                        column: x => x.SloId,
                        principalTable: "Slos",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "StatusDays",
                columns: table => new
                {
                    ComponentId = table.Column<int>(type: "int", nullable: false),
                    DayNumber = table.Column<int>(type: "int", nullable: false),
                    Worst = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    MaintenanceSeconds = table.Column<int>(type: "int", nullable: false),
                    DegradedSeconds = table.Column<int>(type: "int", nullable: false),
                    PartialSeconds = table.Column<int>(type: "int", nullable: false),
                    MajorSeconds = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatusDays", x => new { x.ComponentId, x.DayNumber });
                    table.ForeignKey(
                        name: "FK_StatusDays_StatusComponents_ComponentId",
                        column: x => x.ComponentId,
                        principalTable: "StatusComponents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "StatusOverrides",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    ComponentId = table.Column<int>(type: "int", nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    FromMs = table.Column<long>(type: "bigint", nullable: false),
                    ToMs = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatusOverrides", x => x.Id);
                    table.ForeignKey(
                        name: "FK_StatusOverrides_StatusComponents_ComponentId",
                        column: x => x.ComponentId,
                        principalTable: "StatusComponents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TeamMembers",
                columns: table => new
                {
                    TeamId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    AccountId = table.Column<string>(type: "nvarchar(36)", maxLength: 36, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TeamMembers", x => new { x.TeamId, x.AccountId });
                    table.ForeignKey(
                        name: "FK_TeamMembers_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_TeamMembers_Teams_TeamId",
                        column: x => x.TeamId,
                        principalTable: "Teams",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AgreementVersions",
                columns: table => new
                {
                    AgreementId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    EffectiveFromMs = table.Column<long>(type: "bigint", nullable: false),
                    Terms = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Author = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgreementVersions", x => new { x.AgreementId, x.Version });
                    table.ForeignKey(
                        name: "FK_AgreementVersions_Agreements_AgreementId",
                        column: x => x.AgreementId,
                        principalTable: "Agreements",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Statements",
                columns: table => new
                {
                    AgreementId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Month = table.Column<int>(type: "int", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    DrawnUpAtMs = table.Column<long>(type: "bigint", nullable: false),
                    Uptime = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: true),
                    DownSeconds = table.Column<long>(type: "bigint", nullable: false),
                    CreditPercent = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: false),
                    CreditAmount = table.Column<decimal>(type: "decimal(28,12)", precision: 28, scale: 12, nullable: false),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false),
                    Body = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Statements", x => new { x.AgreementId, x.Month, x.Number });
                    table.ForeignKey(
                        name: "FK_Statements_Agreements_AgreementId",
                        column: x => x.AgreementId,
                        principalTable: "Agreements",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ActionItems",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    PostMortemId = table.Column<long>(type: "bigint", nullable: false),
                    Title = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Owner = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    OwnerId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    DueAtMs = table.Column<long>(type: "bigint", nullable: false),
                    CreatedAtMs = table.Column<long>(type: "bigint", nullable: false),
                    DoneAtMs = table.Column<long>(type: "bigint", nullable: true),
                    DoneBy = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    ChasedAtMs = table.Column<long>(type: "bigint", nullable: true),
                    Chased = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ActionItems", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ActionItems_PostMortems_PostMortemId",
                        column: x => x.PostMortemId,
                        principalTable: "PostMortems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AccountClaims_UserId",
                table: "AccountClaims",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_AccountLogins_UserId",
                table: "AccountLogins",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_AccountPasskeys_UserId",
                table: "AccountPasskeys",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_NormalizedEmail",
                table: "Accounts",
                column: "NormalizedEmail",
                unique: true,
                filter: "[NormalizedEmail] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_NormalizedUserName",
                table: "Accounts",
                column: "NormalizedUserName",
                unique: true,
                filter: "[NormalizedUserName] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ActionItems_DoneAtMs_DueAtMs",
                table: "ActionItems",
                columns: new[] { "DoneAtMs", "DueAtMs" });

            migrationBuilder.CreateIndex(
                name: "IX_ActionItems_PostMortemId",
                table: "ActionItems",
                column: "PostMortemId");

            migrationBuilder.CreateIndex(
                name: "IX_Agreements_CustomerId",
                table: "Agreements",
                column: "CustomerId");

            migrationBuilder.CreateIndex(
                name: "IX_AlertIntegrations_KeyHash",
                table: "AlertIntegrations",
                column: "KeyHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AlertOccurrences_AlertId",
                table: "AlertOccurrences",
                column: "AlertId");

            migrationBuilder.CreateIndex(
                name: "IX_AlertOccurrences_EndSeenAtMs",
                table: "AlertOccurrences",
                column: "EndSeenAtMs");

            migrationBuilder.CreateIndex(
                name: "IX_AlertOccurrences_Key_StartsAtMs",
                table: "AlertOccurrences",
                columns: new[] { "Key", "StartsAtMs" });

            migrationBuilder.CreateIndex(
                name: "IX_AlertRoutingRules_Position",
                table: "AlertRoutingRules",
                column: "Position");

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_GroupKey_IncidentId",
                table: "Alerts",
                columns: new[] { "GroupKey", "IncidentId" });

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_IncidentId",
                table: "Alerts",
                column: "IncidentId");

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_Key_OpenedAtMs",
                table: "Alerts",
                columns: new[] { "Key", "OpenedAtMs" });

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_OpenKey",
                table: "Alerts",
                column: "OpenKey",
                unique: true,
                filter: "[OpenKey] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_Platform_Service_OpenedAtMs",
                table: "Alerts",
                columns: new[] { "Platform", "Service", "OpenedAtMs" });

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_ResolvedAtMs",
                table: "Alerts",
                column: "ResolvedAtMs");

            migrationBuilder.CreateIndex(
                name: "IX_AnsweredCommands_AtMs",
                table: "AnsweredCommands",
                column: "AtMs");

            migrationBuilder.CreateIndex(
                name: "IX_ApiKeys_Name_CreatedAtMs",
                table: "ApiKeys",
                columns: new[] { "Name", "CreatedAtMs" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Actor",
                table: "AuditEntries",
                column: "Actor");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_AtMs",
                table: "AuditEntries",
                column: "AtMs");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Object",
                table: "AuditEntries",
                column: "Object");

            migrationBuilder.CreateIndex(
                name: "IX_AuditSeals_Kind_Sequence",
                table: "AuditSeals",
                columns: new[] { "Kind", "Sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Backups_AtMs",
                table: "Backups",
                column: "AtMs");

            migrationBuilder.CreateIndex(
                name: "IX_BurnAlerts_SloId_SinceMs",
                table: "BurnAlerts",
                columns: new[] { "SloId", "SinceMs" });

            migrationBuilder.CreateIndex(
                name: "IX_BurnAlerts_UntilMs",
                table: "BurnAlerts",
                column: "UntilMs");

            migrationBuilder.CreateIndex(
                name: "IX_CatalogDocuments_Kind_Platform_Name",
                table: "CatalogDocuments",
                columns: new[] { "Kind", "Platform", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ChangeFeed_AtMs",
                table: "ChangeFeed",
                column: "AtMs");

            migrationBuilder.CreateIndex(
                name: "IX_ChangeHooks_KeyHash",
                table: "ChangeHooks",
                column: "KeyHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ComplianceChecks_AtMs",
                table: "ComplianceChecks",
                column: "AtMs");

            migrationBuilder.CreateIndex(
                name: "IX_ComplianceChecks_Day",
                table: "ComplianceChecks",
                column: "Day",
                unique: true,
                filter: "[Day] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ComplianceViolations_ControlId_EndedAtMs",
                table: "ComplianceViolations",
                columns: new[] { "ControlId", "EndedAtMs" });

            migrationBuilder.CreateIndex(
                name: "IX_ContactMethods_PersonId_Position",
                table: "ContactMethods",
                columns: new[] { "PersonId", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_Customers_Name",
                table: "Customers",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DataKeys_Name",
                table: "DataKeys",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DataSources_Path",
                table: "DataSources",
                column: "Path",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryAttempts_MessageId_Number",
                table: "DeliveryAttempts",
                columns: new[] { "MessageId", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Deployments_Service_Key",
                table: "Deployments",
                columns: new[] { "Service", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Deployments_StartedAtMs",
                table: "Deployments",
                column: "StartedAtMs");

            migrationBuilder.CreateIndex(
                name: "IX_Heartbeats_DueAtMs",
                table: "Heartbeats",
                column: "DueAtMs");

            migrationBuilder.CreateIndex(
                name: "IX_Heartbeats_IntegrationId_Name",
                table: "Heartbeats",
                columns: new[] { "IntegrationId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HourChunks_SeriesId_Hour",
                table: "HourChunks",
                columns: new[] { "SeriesId", "Hour" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_IncidentAlerts_AlertId",
                table: "IncidentAlerts",
                column: "AlertId");

            migrationBuilder.CreateIndex(
                name: "IX_IncidentPauses_IncidentId",
                table: "IncidentPauses",
                column: "IncidentId");

            migrationBuilder.CreateIndex(
                name: "IX_Incidents_DetectedAtMs",
                table: "Incidents",
                column: "DetectedAtMs");

            migrationBuilder.CreateIndex(
                name: "IX_Incidents_GroupKey",
                table: "Incidents",
                column: "GroupKey");

            migrationBuilder.CreateIndex(
                name: "IX_Incidents_Name",
                table: "Incidents",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Incidents_ResolvedAtMs_SeverityRank",
                table: "Incidents",
                columns: new[] { "ResolvedAtMs", "SeverityRank" });

            migrationBuilder.CreateIndex(
                name: "IX_IncidentServices_Path",
                table: "IncidentServices",
                column: "Path");

            migrationBuilder.CreateIndex(
                name: "IX_IncidentSlos_Slo",
                table: "IncidentSlos",
                column: "Slo");

            migrationBuilder.CreateIndex(
                name: "IX_IncidentTasks_IncidentId",
                table: "IncidentTasks",
                column: "IncidentId");

            migrationBuilder.CreateIndex(
                name: "IX_IncidentTimeline_AtMs",
                table: "IncidentTimeline",
                column: "AtMs");

            migrationBuilder.CreateIndex(
                name: "IX_IncidentTimeline_IncidentId_AtMs",
                table: "IncidentTimeline",
                columns: new[] { "IncidentId", "AtMs" });

            migrationBuilder.CreateIndex(
                name: "IX_IncidentTimers_DueAtMs",
                table: "IncidentTimers",
                column: "DueAtMs");

            migrationBuilder.CreateIndex(
                name: "IX_IncidentUpdates_IncidentId_AtMs",
                table: "IncidentUpdates",
                columns: new[] { "IncidentId", "AtMs" });

            migrationBuilder.CreateIndex(
                name: "IX_IntakeBatches_ReceivedAtMs",
                table: "IntakeBatches",
                column: "ReceivedAtMs");

            migrationBuilder.CreateIndex(
                name: "IX_KpiEntries_IsCurrent_Start",
                table: "KpiEntries",
                columns: new[] { "IsCurrent", "Start" });

            migrationBuilder.CreateIndex(
                name: "IX_MaintenanceWindows_Platform_StartMs",
                table: "MaintenanceWindows",
                columns: new[] { "Platform", "StartMs" });

            migrationBuilder.CreateIndex(
                name: "IX_MaintenanceWindows_SeriesId",
                table: "MaintenanceWindows",
                column: "SeriesId");

            migrationBuilder.CreateIndex(
                name: "IX_OnCallOverrides_ScheduleId_EndMs",
                table: "OnCallOverrides",
                columns: new[] { "ScheduleId", "EndMs" });

            migrationBuilder.CreateIndex(
                name: "IX_OnCallSchedules_CalendarKeyHash",
                table: "OnCallSchedules",
                column: "CalendarKeyHash");

            migrationBuilder.CreateIndex(
                name: "IX_OnCallScheduleVersions_ScheduleId_EffectiveFromMs",
                table: "OnCallScheduleVersions",
                columns: new[] { "ScheduleId", "EffectiveFromMs" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OnCallSwaps_State_EndMs",
                table: "OnCallSwaps",
                columns: new[] { "State", "EndMs" });

            migrationBuilder.CreateIndex(
                name: "IX_OneTimeLinks_AccountId",
                table: "OneTimeLinks",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_ContactId_SettledAtMs",
                table: "Outbox",
                columns: new[] { "ContactId", "SettledAtMs" });

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_CreatedAtMs",
                table: "Outbox",
                column: "CreatedAtMs");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_DedupeKey",
                table: "Outbox",
                column: "DedupeKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_PersonId_CreatedAtMs",
                table: "Outbox",
                columns: new[] { "PersonId", "CreatedAtMs" });

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_State_Urgent_DueMs",
                table: "Outbox",
                columns: new[] { "State", "Urgent", "DueMs" });

            migrationBuilder.CreateIndex(
                name: "IX_Pages_IncidentId_Level_Cycle_PersonId_ContactId",
                table: "Pages",
                columns: new[] { "IncidentId", "Level", "Cycle", "PersonId", "ContactId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Pages_MessageKey",
                table: "Pages",
                column: "MessageKey",
                unique: true,
                filter: "[MessageKey] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Pages_OwedAtMs",
                table: "Pages",
                column: "OwedAtMs");

            migrationBuilder.CreateIndex(
                name: "IX_Pages_TokenHash",
                table: "Pages",
                column: "TokenHash",
                unique: true,
                filter: "[TokenHash] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_People_CalendarKeyHash",
                table: "People",
                column: "CalendarKeyHash");

            migrationBuilder.CreateIndex(
                name: "IX_PostMortems_IncidentId",
                table: "PostMortems",
                column: "IncidentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Probes_Path",
                table: "Probes",
                column: "Path",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PrometheusPolls_SourceId",
                table: "PrometheusPolls",
                column: "SourceId");

            migrationBuilder.CreateIndex(
                name: "IX_RecoveryCodes_AccountId_CodeHash",
                table: "RecoveryCodes",
                columns: new[] { "AccountId", "CodeHash" });

            migrationBuilder.CreateIndex(
                name: "IX_ReportSubscribers_Email",
                table: "ReportSubscribers",
                column: "Email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Services_Path",
                table: "Services",
                column: "Path",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_AccountId",
                table: "Sessions",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ExpiresAtMs",
                table: "Sessions",
                column: "ExpiresAtMs");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_TokenHash",
                table: "Sessions",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Silences_EndsAtMs",
                table: "Silences",
                column: "EndsAtMs");

            migrationBuilder.CreateIndex(
                name: "IX_Slis_Path",
                table: "Slis",
                column: "Path",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SloRevisions_SloId_Version",
                table: "SloRevisions",
                columns: new[] { "SloId", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Slos_Path",
                table: "Slos",
                column: "Path",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Statements_Month",
                table: "Statements",
                column: "Month");

            migrationBuilder.CreateIndex(
                name: "IX_StatusComponents_PublicId",
                table: "StatusComponents",
                column: "PublicId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StatusNotices_Cause",
                table: "StatusNotices",
                column: "Cause",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StatusNotices_Done",
                table: "StatusNotices",
                column: "Done");

            migrationBuilder.CreateIndex(
                name: "IX_StatusOverrides_ComponentId",
                table: "StatusOverrides",
                column: "ComponentId");

            migrationBuilder.CreateIndex(
                name: "IX_StatusSubscribers_AddressHash",
                table: "StatusSubscribers",
                column: "AddressHash",
                unique: true,
                filter: "[AddressHash] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_StatusSubscribers_ConfirmHash",
                table: "StatusSubscribers",
                column: "ConfirmHash");

            migrationBuilder.CreateIndex(
                name: "IX_StatusSubscribers_LeaveHash",
                table: "StatusSubscribers",
                column: "LeaveHash");

            migrationBuilder.CreateIndex(
                name: "IX_StatusSubscribers_State_Page_Id",
                table: "StatusSubscribers",
                columns: new[] { "State", "Page", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_TeamMembers_AccountId",
                table: "TeamMembers",
                column: "AccountId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccountClaims");

            migrationBuilder.DropTable(
                name: "AccountLogins");

            migrationBuilder.DropTable(
                name: "AccountPasskeys");

            migrationBuilder.DropTable(
                name: "AccountRoles");

            migrationBuilder.DropTable(
                name: "AccountTokens");

            migrationBuilder.DropTable(
                name: "ActionItems");

            migrationBuilder.DropTable(
                name: "AgreementVersions");

            migrationBuilder.DropTable(
                name: "AlertOccurrences");

            migrationBuilder.DropTable(
                name: "AlertRoutingRules");

            migrationBuilder.DropTable(
                name: "AnsweredCommands");

            migrationBuilder.DropTable(
                name: "ApiKeys");

            migrationBuilder.DropTable(
                name: "AuditEntries");

            migrationBuilder.DropTable(
                name: "AuditHead");

            migrationBuilder.DropTable(
                name: "AuditSeals");

            migrationBuilder.DropTable(
                name: "Backups");

            migrationBuilder.DropTable(
                name: "BurnAlerts");

            migrationBuilder.DropTable(
                name: "CatalogDocuments");

            migrationBuilder.DropTable(
                name: "Certifications");

            migrationBuilder.DropTable(
                name: "ChangeFeed");

            migrationBuilder.DropTable(
                name: "ChangeHooks");

            migrationBuilder.DropTable(
                name: "ComplianceChecks");

            migrationBuilder.DropTable(
                name: "ComplianceViolations");

            migrationBuilder.DropTable(
                name: "ContactMethods");

            migrationBuilder.DropTable(
                name: "DataKeys");

            migrationBuilder.DropTable(
                name: "DataSources");

            migrationBuilder.DropTable(
                name: "Days");

            migrationBuilder.DropTable(
                name: "DeliveryAttempts");

            migrationBuilder.DropTable(
                name: "EscalationPolicies");

            migrationBuilder.DropTable(
                name: "Heartbeats");

            migrationBuilder.DropTable(
                name: "HourChunks");

            migrationBuilder.DropTable(
                name: "IncidentAlerts");

            migrationBuilder.DropTable(
                name: "IncidentCustomers");

            migrationBuilder.DropTable(
                name: "IncidentDays");

            migrationBuilder.DropTable(
                name: "IncidentPaths");

            migrationBuilder.DropTable(
                name: "IncidentPauses");

            migrationBuilder.DropTable(
                name: "IncidentRoles");

            migrationBuilder.DropTable(
                name: "IncidentServices");

            migrationBuilder.DropTable(
                name: "IncidentSlos");

            migrationBuilder.DropTable(
                name: "IncidentTasks");

            migrationBuilder.DropTable(
                name: "IncidentTimeline");

            migrationBuilder.DropTable(
                name: "IncidentTimers");

            migrationBuilder.DropTable(
                name: "IncidentUpdates");

            migrationBuilder.DropTable(
                name: "IntakeBatches");

            migrationBuilder.DropTable(
                name: "KeyMinutes");

            migrationBuilder.DropTable(
                name: "KpiAims");

            migrationBuilder.DropTable(
                name: "KpiEntries");

            migrationBuilder.DropTable(
                name: "Leases");

            migrationBuilder.DropTable(
                name: "MaintenanceWindows");

            migrationBuilder.DropTable(
                name: "MetricRuleStates");

            migrationBuilder.DropTable(
                name: "OnCallOverrides");

            migrationBuilder.DropTable(
                name: "OnCallSchedules");

            migrationBuilder.DropTable(
                name: "OnCallScheduleVersions");

            migrationBuilder.DropTable(
                name: "OnCallSwaps");

            migrationBuilder.DropTable(
                name: "OneTimeLinks");

            migrationBuilder.DropTable(
                name: "Pages");

            migrationBuilder.DropTable(
                name: "People");

            migrationBuilder.DropTable(
                name: "Probes");

            migrationBuilder.DropTable(
                name: "PrometheusPolls");

            migrationBuilder.DropTable(
                name: "QuietHours");

            migrationBuilder.DropTable(
                name: "RecoveryCodes");

            migrationBuilder.DropTable(
                name: "Reports");

            migrationBuilder.DropTable(
                name: "ReportSubscribers");

            migrationBuilder.DropTable(
                name: "RollbackDecisions");

            migrationBuilder.DropTable(
                name: "RollbackHooks");

            migrationBuilder.DropTable(
                name: "Services");

            migrationBuilder.DropTable(
                name: "Sessions");

            migrationBuilder.DropTable(
                name: "Settings");

            migrationBuilder.DropTable(
                name: "Silences");

            migrationBuilder.DropTable(
                name: "Slis");

            migrationBuilder.DropTable(
                name: "SloMonths");

            migrationBuilder.DropTable(
                name: "SloRevisions");

            migrationBuilder.DropTable(
                name: "SloStatuses");

            migrationBuilder.DropTable(
                name: "Statements");

            migrationBuilder.DropTable(
                name: "StatusDays");

            migrationBuilder.DropTable(
                name: "StatusNotices");

            migrationBuilder.DropTable(
                name: "StatusOverrides");

            migrationBuilder.DropTable(
                name: "StatusSubscribers");

            migrationBuilder.DropTable(
                name: "TeamMembers");

            migrationBuilder.DropTable(
                name: "PostMortems");

            migrationBuilder.DropTable(
                name: "Alerts");

            migrationBuilder.DropTable(
                name: "Outbox");

            migrationBuilder.DropTable(
                name: "AlertIntegrations");

            migrationBuilder.DropTable(
                name: "Kpis");

            migrationBuilder.DropTable(
                name: "MaintenanceSeries");

            migrationBuilder.DropTable(
                name: "MetricRules");

            migrationBuilder.DropTable(
                name: "Deployments");

            migrationBuilder.DropTable(
                name: "Slos");

            migrationBuilder.DropTable(
                name: "Agreements");

            migrationBuilder.DropTable(
                name: "StatusComponents");

            migrationBuilder.DropTable(
                name: "Accounts");

            migrationBuilder.DropTable(
                name: "Teams");

            migrationBuilder.DropTable(
                name: "Incidents");

            migrationBuilder.DropTable(
                name: "Customers");
        }
    }
}
