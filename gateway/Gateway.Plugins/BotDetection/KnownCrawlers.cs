using System.Text.RegularExpressions;

namespace Gateway.Plugins.BotDetection;

/// <summary>Agents that say of themselves that they are no person's browser: search engines, archives, link previews, collectors of training data, scraping tools.</summary>
internal static partial class KnownCrawlers
{
    public static bool Includes(ReadOnlySpan<char> agent) => Names().IsMatch(agent);

    // Linear in the agent's length. The general words come with a small or a capital first letter: "CUBOT" is a telephone.
    [GeneratedRegex(
        "[Bb]ot\\b|[Bb]ot[/_ -]|[Ss]pider|[Cc]rawler|[Cc]rawling|[Ss]craper|[Aa]rchiver|[Ii]ndexer" +
        "|Googlebot|AdsBot-Google|Mediapartners-Google|APIs-Google|Google-Extended|GoogleOther|Google-InspectionTool|FeedFetcher-Google|bingbot|BingPreview|msnbot|adidxbot" +
        "|Yahoo! Slurp|Yahoo Link Preview|DuckDuckBot|Baidu|Yandex[A-Z][A-Za-z]+|Sogou|Exabot|Qwantify|SeznamBot|Yeti/|NaverBot|Daum/|coccocbot|PetalBot|Applebot|Amazonbot|MojeekBot" +
        "|facebookexternalhit|facebookcatalog|meta-externalagent|Twitterbot|LinkedInBot|Pinterestbot|Slackbot|Discordbot|TelegramBot|WhatsApp/|SkypeUriPreview|redditbot|Embedly|Iframely" +
        "|GPTBot|ChatGPT-User|OAI-SearchBot|ClaudeBot|Claude-Web|anthropic-ai|PerplexityBot|Perplexity-User|cohere-ai|CCBot|Bytespider|Diffbot|omgili|ImagesiftBot|YouBot" +
        "|AhrefsBot|SemrushBot|MJ12bot|DotBot|rogerbot|BLEXBot|DataForSeoBot|SERanking|Screaming Frog|Sitebulb|serpstatbot|ZoominfoBot|Barkrowler|MegaIndex" +
        "|ia_archiver|archive\\.org_bot|heritrix|Nutch|HTTrack|Scrapy|WebCopier|Teleport|Offline Explorer|Wget/|Xenu Link Sleuth|LinkChecker|W3C_Validator|W3C-checklink" +
        "|UptimeRobot|Pingdom|StatusCake|Site24x7|NewRelicPinger|HeadlessChrome|PhantomJS|Lighthouse|PTST/|masscan|zgrab|Nmap Scripting Engine|sqlmap|Nikto|CensysInspect|Expanse",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
