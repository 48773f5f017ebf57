using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Audit.Store;
using OpsDashboard.Application.Identity.Links;
using OpsDashboard.Application.Identity.Own;
using OpsDashboard.Application.Identity.People;
using OpsDashboard.Application.Identity.Sessions;
using OpsDashboard.Application.Identity.SigningIn;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Identity;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Identity;

/// <summary>The composed application at a fixed instant with its first administrator set up; second factors as they are by default.</summary>
internal sealed class IdentityStage : IAsyncDisposable
{
    public const string Email = "ada@example.test";
    public const string Password = "seven green kettles on a roof";

    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 30, 5, TimeSpan.Zero);

    private IdentityStage(InProcessApp app, ManualClock clock) => (App, Clock) = (app, clock);

    public InProcessApp App { get; }

    public ManualClock Clock { get; }

    /// <summary>The token of the administrator's session.</summary>
    public string Admin { get; private set; } = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<IdentityStage> SetAsync(string secondFactor = "none")
    {
        var clock = new ManualClock(Start);
        var stage = new IdentityStage(await InProcessApp.StartAsync(Token, clock, settings: [$"Accounts:SecondFactor={secondFactor}"]), clock);
        var link = stage.App.Services.GetRequiredService<SetUpOffer>().Token!;
        stage.Admin = (await stage.SendAsync(new SetUp(link, "Ada", Email, Password))).Value.Token!;
        return stage;
    }

    /// <summary>Sends as nobody known.</summary>
    public Task<Outcome<T>> SendAsync<T>(MediatR.IRequest<Outcome<T>> request) => SendAsync(request, Caller.Anonymous);

    public async Task<Outcome<T>> SendAsync<T>(MediatR.IRequest<Outcome<T>> request, Caller caller)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<CallerContext>();
        (context.Current, context.Address) = (caller, "192.0.2.7");
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, Token);
    }

    /// <summary>Sends as whoever a session belongs to.</summary>
    public async Task<Outcome<T>> SendAsync<T>(string session, MediatR.IRequest<Outcome<T>> request) =>
        await SendAsync(request, (await WhoAsync(session))?.Caller ?? Caller.Anonymous);

    public Task<SignedIn?> WhoAsync(string session) => App.Services.GetRequiredService<SignedInDirectory>().FindByTokenAsync(session, Token);

    /// <summary>Waits for what the change feed tells.</summary>
    public Task UntilAsync(string session, Func<SignedIn?, bool> so) => Eventually.TrueAsync(
        async () =>
        {
            Clock.Advance(TimeSpan.FromMilliseconds(250));
            return so(await WhoAsync(session));
        },
        Token);

    public async Task<SignInStep> SignInAsync(string email = Email, string password = Password) => (await SendAsync(new SignIn(email, password))).Value;

    /// <summary>Sets up an authenticator app.</summary>
    /// <returns>Its secret, and the recovery codes.</returns>
    public async Task<(byte[] Secret, IReadOnlyList<string> Codes)> EnrolAsync(string session)
    {
        var offer = (await SendAsync(session, new StartTotp())).Value;
        var secret = Decode(offer.Secret);
        var codes = (await SendAsync(session, new FinishTotp(CodeNow(secret)))).Value.Codes;
        return (secret, codes);
    }

    public string CodeNow(byte[] secret) => Totp.CodeAt(secret, Totp.StepAt(Clock.GetUtcNow().ToUnixTimeMilliseconds()));

    /// <summary>Invites somebody, who chooses a password.</summary>
    public async Task<(string Id, string Session)> JoinAsync(string name, Role role, params string[] reach)
    {
        var link = (await SendAsync(Admin, new InviteAccount { Name = name, Email = $"{name}@example.test", Roles = [new RoleTerms(role, reach.Length == 0 ? null : reach)] })).Value;
        var step = (await SendAsync(new ChoosePassword(link.Token, Password))).Value;
        return (link.AccountId, step.Token!);
    }

    public async Task<IReadOnlyList<(string Action, string Outcome, string Actor)>> TrailAsync()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<AuditEntryRow>().AsNoTracking().OrderBy(row => row.Sequence).ToListAsync(Token);
        return rows.ConvertAll(row => (row.Action, row.Outcome.ToString(), row.Actor));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private static byte[] Decode(string base32)
    {
        var bits = string.Concat(base32.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2))];
    }
}
