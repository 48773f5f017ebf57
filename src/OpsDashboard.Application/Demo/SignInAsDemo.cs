using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Audit;
using OpsDashboard.Application.Identity;
using OpsDashboard.Application.Identity.People;
using OpsDashboard.Application.Identity.SigningIn;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Demo;

/// <summary>Signs in as one of the story's people, without a password. There are none of them outside the demo.</summary>
public sealed record SignInAsDemo(Role Role, string? Device = null) : ICommand<SignInStep>, ITellsItself
{
    public static Access Access => Access.Public;
}

internal sealed class SignInAsDemoHandler(OpsDbContext db, AccountBook book, SignInDesk desk, IOptions<DemoOptions> demo, TimeProvider time)
    : IRequestHandler<SignInAsDemo, Outcome<SignInStep>>
{
    public const string Team = "serving-team";

    /// <summary>What the team of the story's lead owns.</summary>
    public static readonly string[] Owns = ["mlops/model-serving-api", "mlops/inference-engine", "schedule:" + DemoOnCall.Schedule];

    public async Task<Outcome<SignInStep>> Handle(SignInAsDemo request, CancellationToken cancellationToken)
    {
        if (!demo.Value.Enabled || !Enum.IsDefined(request.Role))
        {
            return Failure.NotFound("The demo");
        }

        var now = time.NowMs();
        var id = (await db.Set<GrantRow>().AsNoTracking().Join(db.Set<Account>(), grant => grant.AccountId, account => account.Id, (grant, account) => new { grant, account })
            .Where(pair => pair.account.IsDemo && pair.grant.Role == request.Role)
            .Select(pair => pair.account.Id).FirstOrDefaultAsync(cancellationToken))
            ?? await AddAsync(request.Role, now, cancellationToken);
        var account = await db.Set<Account>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        return SignInDesk.IsRefused(account, now)
            ? await desk.RefuseAsync(account, "demo, but locked", now, cancellationToken)
            : await desk.OpenAsync(account, "demo", secondFactor: false, request.Device, now, cancellationToken);
    }

    private async Task<string> AddAsync(Role role, long now, CancellationToken cancellationToken)
    {
        var (name, person) = Cast(role);
        var made = await book.AddAsync(
            new NewAccount(name, $"{person}@demo.invalid", null, [new RoleGrant(role, Scope.Everything)], person, IsDemo: true),
            now,
            cancellationToken);
        if (role == Role.TeamLead)
        {
            if (!await db.Set<TeamRow>().AnyAsync(row => row.Id == Team, cancellationToken))
            {
                db.Add(new TeamRow { Id = Team, Name = "Serving team", Owns = ScopeText.Write(Scope.Of(Owns))! });
            }

            db.Add(new TeamMemberRow { TeamId = Team, AccountId = made.Value.Id });
            await db.SaveChangesAsync(cancellationToken);
        }

        return made.Value.Id;
    }

    /// <summary>Who of the story plays a role; the ids are those of its on-call directory.</summary>
    private static (string Name, string PersonId) Cast(Role role) => role switch
    {
        Role.Executive => ("Executive on duty", "executive-on-duty"),
        Role.Responder => ("Engineer, Serving team", "engineer-serving-team"),
        Role.TeamLead => ("Lead, Serving team", "lead-serving-team"),
        Role.Administrator => ("Operations manager", "operations-manager"),
        Role.Auditor => ("Compliance officer", "compliance-officer"),
    };
}
