using Microsoft.Playwright;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Operation;

/// <summary>Swagger UI in a real browser, as an operator uses it.</summary>
public sealed class SwaggerUiTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    private const string Chromium = "/usr/bin/chromium";

    [Fact]
    public async Task An_operator_finds_the_services_the_credentials_and_registers_a_machine()
    {
        Assert.SkipUnless(File.Exists(Chromium), "Chromium is not installed here; test.sh installs it.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 1600 } });
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text); // Violations of the content security policy come here too.
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.RequestFailed += (_, request) => complaints.Add($"{request.Url} {request.Failure}");

        var opened = await page.GotoAsync(new Uri(App.Anonymous.BaseAddress!, "/swagger").ToString());
        await page.Locator(".opblock").First.WaitForAsync();

        Assert.Equal(200, opened!.Status);
        Assert.Equal("Repository", await page.TitleAsync());
        Assert.Equal(["Registry", "Tokens", "Coffer", "Rooms", "Cluster", "Operation"], await page.Locator(".opblock-tag > a > span").AllInnerTextsAsync());
        await AssertCredentialsAsync(page);
        Assert.Equal("201", await RegisterAsync(page));
        await KeepScreenshotAsync(page);
        Assert.Empty(complaints);
    }

    private static async Task AssertCredentialsAsync(IPage page)
    {
        await page.Locator(".btn.authorize").First.ClickAsync();
        var credentials = page.Locator(".auth-container h4");
        await credentials.First.WaitForAsync();
        Assert.Equal(
            ["AdministratorKey  (http, Bearer)", "JoinToken  (http, Bearer)", "LoginToken  (http, Bearer)", "SessionToken  (http, Bearer)"],
            (await credentials.AllInnerTextsAsync()).Select(text => text.Replace('\u00a0', ' ')).Order(StringComparer.Ordinal));
        await page.Locator(".modal-ux .close-modal").ClickAsync();
    }

    /// <returns>The status that the page shows.</returns>
    private static async Task<string> RegisterAsync(IPage page)
    {
        var operation = page.Locator(".opblock", new PageLocatorOptions { HasText = "Registers a machine" });
        await operation.Locator(".opblock-summary-control").ClickAsync();
        await operation.Locator(".try-out__btn").ClickAsync();
        await operation.Locator(".execute").ClickAsync();
        var status = operation.Locator(".live-responses-table .response .response-col_status").First;
        await status.WaitForAsync();
        return (await status.InnerTextAsync()).Trim();
    }

    /// <summary>For the eyes of whoever reads the results.</summary>
    private static async Task KeepScreenshotAsync(IPage page)
    {
        var picture = await page.ScreenshotAsync();
        TestContext.Current.AddAttachment("swagger-ui", picture, "image/png");
        if (Environment.GetEnvironmentVariable("REPOSITORY_TEST_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "swagger-ui.png"), picture, Ct);
        }
    }
}
