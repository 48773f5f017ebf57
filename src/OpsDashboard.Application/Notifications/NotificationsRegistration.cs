using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Notifications.Channels;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Notifications.Delivery;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications.OnCallWatch;
using OpsDashboard.Application.Notifications.Pages;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Notifications;

internal static class NotificationsRegistration
{
    public static void AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SmtpOptions>().Bind(configuration.GetSection("Smtp")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SmtpOptions>, SmtpOptionsValidator>();
        services.AddOptions<TwilioOptions>().Bind(configuration.GetSection("Twilio")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TwilioOptions>, TwilioOptionsValidator>();
        services.AddOptions<PagingOptions>().Bind(configuration.GetSection("Paging")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PagingOptions>, PagingOptionsValidator>();
        services.AddOptions<OutboundOptions>().Bind(configuration.GetSection("Outbound")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OutboundOptions>, OutboundOptionsValidator>();
        services.AddOptions<PublicOptions>().Bind(configuration.GetSection("Public")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PublicOptions>, PublicOptionsValidator>();
        services.AddSingleton<PublicAddress>();
        services.AddOptions<DemoMailboxOptions>().Bind(configuration.GetSection("Demo"));
        services.AddSingleton(provider => new ChannelSetup(
            provider.GetRequiredService<IOptions<SmtpOptions>>().Value,
            provider.GetRequiredService<IOptions<TwilioOptions>>().Value,
            provider.GetRequiredService<IOptions<DemoMailboxOptions>>().Value.Enabled));
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<NotificationsMetrics>();
        services.AddSingleton<OutboundHttp>();
        services.AddSingleton<ISender, EmailSender>();
        services.AddSingleton<ISender, SlackSender>();
        services.AddSingleton<ISender, WebhookSender>();
        services.AddSingleton<ISender, TwilioSender>();
        services.AddSingleton(provider => new TwilioCallbacks(provider.GetRequiredService<IOptions<TwilioOptions>>(), provider.GetRequiredService<PublicAddress>()));
        services.AddSingleton<OutboxClaims>();
        services.AddSingleton<DeliveryRecorder>();
        services.AddSingleton<Dispatch>();
        services.AddHostedService<DeliveryWorker>();
        services.AddSingleton<OutboxPruner>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxPruner>());
        services.AddScoped(provider => new SealedContacts(provider.GetRequiredService<OpsDbContext>()));
        services.AddScoped<PersonalWord>();
        services.AddScoped<Managers>();
        services.AddScoped<OnCallRound>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<OnCallWatcher>(provider, provider.CreateLease("on-call-watch")));
        services.AddHostedService(provider => provider.GetRequiredService<OnCallWatcher>());
        services.AddScoped<PageLedger>();
        services.AddScoped<KnownPages>();
        services.AddScoped<LevelsWithoutAnswer>();
        services.AddScoped(provider => new Outbox(
            provider.GetRequiredService<OpsDbContext>(),
            provider.GetRequiredService<OutboxSignal>(),
            provider.GetRequiredService<IFieldSeal>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new ContactRecord(provider.GetRequiredService<OpsDbContext>(), provider.GetRequiredService<IFieldSeal>()));
        services.AddScoped(provider => new Reachability(provider.GetRequiredService<OpsDbContext>(), provider.GetRequiredService<ChannelSetup>()));
    }
}
