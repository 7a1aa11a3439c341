using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Storage;

public sealed class StatementTests
{
    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("SELECT $1, $2, $1, $3")]
    [InlineData("SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10")]
    public void Parameters_first_appear_in_the_order_of_their_numbers(string sql) => Assert.Equal(sql, new Statement(sql).Sql);

    [Theory]
    [InlineData("SELECT $2, $1")]
    [InlineData("SELECT $1, $3, $2")]
    [InlineData("SELECT $0")]
    public void Another_order_is_a_mistake_that_is_found_at_once(string sql) => Assert.Throws<ArgumentException>(() => new Statement(sql));
}
