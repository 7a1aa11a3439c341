namespace Repository.Api.Tests.Cluster.PrivatePort;

/// <summary>
/// Made by a program in another language, with another library, from the formats' page alone. key1 is the bytes 0 to 31, salt1 32 to 47, key2 64
/// to 95, salt2 96 to 111; the time is 2026-11-21T19:19:00Z.
/// </summary>
internal static class PrivatePortVectors
{
    public static readonly byte[] Key1 = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];
    public static readonly byte[] Salt1 = [.. Enumerable.Range(32, 16).Select(static i => (byte)i)];
    public static readonly byte[] Key2 = [.. Enumerable.Range(64, 32).Select(static i => (byte)i)];
    public static readonly byte[] Salt2 = [.. Enumerable.Range(96, 16).Select(static i => (byte)i)];

    public static readonly byte[] ServerCk = Convert.FromBase64String(
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCyr5lvKj+X0IXztv/Fpe9GSjKQfQ5FsRK1n3Yt5vyTUlJtniFd52Y6w0N6gZhiHc5Xm/pf"
        + "5yHVwCdqmqc++FGl8Zorj990fjvQPfiCuWvaSxvk3fM23oK+TqSs/mX6zSz77XECSwRLuSLcpBjq9uBVzAjBfyKdHwC7B/Gr93gvUvCyt9wBeM0IieRmCnaD"
        + "Rr50l1P5tmsiVDy5PRxkn9ioNO6EHribNXtkxHaSwxItvwgRWzJ2a1ObwoXboCwnqP+qOO0KyZCQfACRnHZTJFl0tKpbpMNVQqUBBP7gd9hxTKZmPcC4w9iU"
        + "sz391FROj+dnaDjZQc0sM+hQI1g5qY9HAgMBAAECggEABXI3tX0uqgRniMmbmx0XIWfSibfeDv66KMH++qAvM5hPPdsTfka2xXS9Ikc/60GoT+BHrdOgIuEz"
        + "8lpbXZ548pteDRTaBTVxwkOZRva61FD0vTGMn7ABgSZpe4JXfmDxjY4roxvBOkOezeXMgqDarpLE84zZ87sFrS2tToYA6kRKUPMNiS2sSn5z8G+OLf0jlvKs"
        + "k3qOzvqTEu0npID4ckJ5CMdAceiBm9ljbATn4ijQ/Lw4Xa61gqay8kWjdNY67URadQhNXyqpRYaVB6ANZ1xUMXGeD7ilvbSFHzIXRLp+0J7//fpaFT6Y4hhn"
        + "oOEfZlwMg67pP+u8rsZ8hYx15QKBgQDnRNSs4rtQ6tsjQ8urKAXcpOgaC15zwkaTvzkgtfZHnzdmE1SPi2xQ6vtXiFbsheY20/CxrmeO1Oc9QaJHNrekzjdC"
        + "yB88B/hAR+1SunnUzk6IfYkXPkeoEsCHJwLcJcvERihwEuqO19UnQARKJy+AIFFYWadcAilTzUAdUNYkgwKBgQDFy0TYEdVTmI6YQ9LuyX6Uxp2Jf7llNCxp"
        + "aLd2cH18XzA/KjNqVrqNsLPgQQpv+u7n+1Km/EtisCU4M2N+/i73V+bJawCoi9e0N4EO75y8uzH21bzlp4SzcyLZCNMwGEUG5HLLG5V7xZ+YKJjm7/qsKoQm"
        + "UOYARtCjcLs0wNeW7QKBgBWeG3slnnjL2zwKpEkVbqbXS1LT6TpM2KgK4d4q5CCBw33pJKheUfumW2QtPGLTiVdqrD8PnGJ/iDXzoqWheb0QAZ5ecnz8CbqI"
        + "fqiTAbxgpHqhsWTYz33octKvVNcbOVbZcAI54m8Dwcrvcvczfn8thi0KBFjXYuGQeAPFgJ7dAoGBAI94FtKndNZzNRNrNugvzZo6yvB+bcrj4kb/RvwpMkxx"
        + "ezyF7s92Y1D9WCwU4W5CVOJ+IQCwxjmqTQUL+WKXGxgccXGuJMcc0HSPQhTEZytamS5S8Paf4RiNLjzBMvaS1BbgxAdhVbd2rIGhCO+SKICTQlHMoliXBSVY"
        + "UuI78uUtAoGAdvGcnfVTSKOezT4E1YTubEOGCaF9iZ9mBvGxLkHyvZSjz75juDbt1hyk7igwmAz2oo1QMdnpzl8FLvpAk/v4xF1t0BGr7uafiXfwBVmrKaz6"
        + "mb7CO8thPEpqqutu0FoKenmCaoAAFV8bUYxSJKR8ogy8yPq+WCwJCGgsoufYDp8=");

    public static readonly byte[] ServerSk = Convert.FromBase64String(
        "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCtE3+1IZuAOBB/j+7TjjqU45aE/EezoZy72za0N4npm0oUYmiUPF7Pszyxuq30wRQyHgo/"
        + "DHJK3b64FRKKsCxQsqPKRpIV9KypakDxaZgJV3dk23XrUsSRD80rVuy7ofWTUjEYBU2ugMHi7XyRd032+s2G5Ri6x8q9938Eylxs+ClOHTjR3FmMgHi85k9y"
        + "dYbbBnNjS/ZGx61rQKxMQCSObYrVcm80pukLePYFHqQoMmKrPiDoTekGPlrakUh09QRRvaf1kO6Ip6UdNZFd9BylA1XvLmOqAEtFJuPyAqcBaJSEGGmpDg5U"
        + "bWoulcUuFHhO2PjXDWpiQsYL5GECdTWTAgMBAAECggEAPm6YtCV92tged21bqLuW/StFmg4I7U7AY3FVf9fC614lcEn5UHOgfcq5e6EL7AyT9OoqJwkd10y6"
        + "5dtQF3AqZCe0dpxTSRE8EVavO4YsHj6LZnnVxP/TwUISb+5Isfxfwfc1l2UeWvK+PdYOB8kh+hQJfH36mDHGvBThoEBA69tW2+sBY8yT0wvZC0IGF5jlO0qD"
        + "V2TBzXD+ey8amCL/3r/pidnHBXkJCNBVDr7UEzwIY5Gn9HBPOmrDFZDclnjMLOYJOGwTIS/AJcWN7c8vvQrvWhol1poO4jrxVXII11LgmkZUksVoEIVuXhFt"
        + "9+Jr54/9AvtEjlLMeloL0OTlGQKBgQDYX9PmA1SCSA7H/2esqCMJtXlAgiNHPirCjMCT/e111o4CDos1MafWtF7yr8S8auqWBjR5/27UMdn2RDH/Lo+BF/W0"
        + "26L2JmBBgSVKUoV8ztQkjmQSpw2KagSLYIF1kLUhaNuvSnpuuq2dWupk37I+DsIBG4WOlbyfP4vVkVWoOQKBgQDMxb6c8uIt71aOw3MnS+lXo4xbquDMrlLy"
        + "Pd6NXQyadcw5KQUuP7PSXAZYAOdIljQL0xvRMgSBD9I1YXqqVgNUvZqj68d08LDQviaT0UN55/J+JiQgWWmbFlDa9GPT2QpMSeTm7d1SNRhKGcW48qzXPJk7"
        + "m7ZiasX6pbPpWFmUKwKBgQCfkixnmVUdr56XCFihEG6mnlsJo+/4fnRyffMYMVCKcuzPv4ISfMhWozbSq6Xffsn6UiEpR6OoggtIfwqQMvpKLi1acBBCkBK0"
        + "vFWP9kPTw4TYYNqUlvZ5ea5YS5et6EZsmTRKlhasyqd3QLFUK1T8R030GyPn/63Xk7nAiyosoQKBgFSrJueKXg8UOTwKgKCs+KyuCSkV/KFlKxLSliTpZn6v"
        + "WmQAHA5FdLr0JgNZTEhtItQI1CWpgsdCnW5JAglQS0xMoZZJtU0bAGEvXpAcJMRRLakPaDyf+9SOY5xFFMnRojptC2KY07xcC9EH2wNgBCty+QD2n3EOKRI8"
        + "VamUSGXFAoGBALgkn5Qboh2EHSJnxhL+G2APcLtOZFUqwg6sJkWSv8t0rEGOAc14azjtMz+aIgKejh3BnCYdU8zzI51LrZoBt2+8eKxaC8Wc4vlEWIEcG7Hs"
        + "gRyv5Jf+vBDeHIY7rJpJIOW3rhgFaPiFagZdTdyqmTZBROvSHAfsHctBSW+oAgIv");

    public static readonly byte[] CallerSk = Convert.FromBase64String(
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDHlHXHc7T6qJISwyUqmOEkyZEqmoE5KNE35+rsbV67YB81VpiDfdo7SqQ7snyTY1udOL71"
        + "JgN4Ihu72w7jAKtxOGJ1QtilLnrc870hzY/XDXMH5DaBFhdNXmOera3X6Vd8p5oeC7w3MXKLqmP1ErhMFSEJ7/9jBSXTm4FDse+uiPCoXqcPlAH/Y6O9/EW/"
        + "IiIOHl3vuX0f6wBWNP+pDpj03i4wP8193VEghNKTmq3836E2Tgw9CtxKK2URG5G/XlSHq0Bz31bkaZb+YHexo1JtIk7GvVsj7NDpl0jKuN7Q6M5fW5zOdLug"
        + "6NerczpTrPVVHn8rOyYBJl0nswPO3V67AgMBAAECggEAG7M3RZ+BluienYwINIlTdk+jnk4jcVOA9klyCa6EX21P549FS7rD90a81KxJLgu0Q3YEyvGjuaDC"
        + "SKh2wHrvUJ+KysukVgjFdLU/otltBWQQex/pkLEIOuzG1tc0MatpQRviABmQ3fg29buIdBNNEQI9u6tbvtqQDXaf0k13/rk0C690r9X49L8kDWQoFzoJ2H6B"
        + "8/K6cMUytrLVVgjf9a+YAB0AVm276tRWS6uUVchRoE2Iih3ui+78kchYqbD+O1hgVuoV5HDYmfmM7ouXsRL2CRoJwZRTabc9UWJ+Y+CpYkB91QdeR1fEG7VU"
        + "Ia5q6z7nHo9ajE8K22U6B/bRQQKBgQDxhP40agw8NMs+nVPhpccjPaW/Wk60Q6koIh30LwHKvRKFWa1qgXSCyG/Qrx+twxffATua4uq/3jZeRdGVphei+IL/"
        + "3pNgZ1XRKmEkkA8nDNWWntpmX6FUJKcxydJFGP9BiPQwJOFB2o6s9yji02iyzzZ4G3lQ94LslIBtSUQ2fQKBgQDTi7/nEjRxgd4rlfUDo1CbrOMMY8BjcVG7"
        + "f8+Ot5FAovs7a+7piA8g9a7Bf48KGBn02XVC+u2oajmvMAUE0of9igSTAm2ZxELpxfotTXgTJ0LWb+8ItCNE/HnpR5q63KOatw4JNtONLKCK+OwBvsmli0I/"
        + "a+NZUzgQlz9+gmwXlwKBgBmyec2f3u9k+p8N5Efk+JwySfljJW6eqFfh0WgSvFES7u6LTR1A6uGja+o7R9aYJGkQ24OuUyXZAdXj/dm7U1Z+tIl+6BVgyUu5"
        + "A579SO9xuSQOgNRVpneqcrOkcp/xee9CICEjO2hjVbzni00fC0vDKlt7KNxJiX+ciVGXcw+NAoGABsqdxpVXCa3ZrByMWSmNFPJf963cJ1UkApj/2N0b1K9m"
        + "0WmNqgGsOqqoiZ3GwdQ0QSAaG6RirN18LJumDZmUtBcSPoX9bspWO5sXhQzPpg3En43IZschur1ATLT3yrf6qKTn1nPkJswf+1YyfXvajW4DGnYkPmHlkuLI"
        + "Lw+Q2NECgYEAw8MPNpSy5Je1MTXrN37VJSpHeUoB6Fwbp+/ahSE3uY8gG8Z5ut+AuiJj8H2pT2znUGPuchUKHwGbQRLtPKZvw8dEzlzW4wJJUkN7tZGOGWEk"
        + "MYmmecz8llNrrsNyacO0CjOpc8K14ecd0bl/774ik4INRJwVbeQYkAZRV9cdSm0=");

    public static readonly byte[] Hello = Convert.FromBase64String(
        "sTitNYSPKDAvikJIRpShuBrL6BZv4WZse10rQRT2noGiTnOGTjomJ6SgzbrQy6h9EH+1X+iqeQSskUpgID9NviFyl+ym1cgxx5n6obsY+W+oklfhyc9Jcp4V"
        + "at3l9Y7cXBS49B3tpZAgi0ZxIBQAJAYg32jb+FDUv7VXmCr5XyaxEtuDnwE98MgwwdDSYGgOZLOBwI1vHFUOhKc8uq1Kv/8bCBCFzjHUpynaCJofwyczQYTF"
        + "d2iVopvCyLVgzk+XPY1zZHdutFL0Ka5llKh83zUVoPgmDwD7FgXWro36AtUCBFEL6hHqXQMifK1l2P7a26Ize5ZdH1UZNivT+UfWugcHBwcHBwcHBwcHBwYx"
        + "ZeXrE2CactSiofq4CezJMxWhbcpUrGIt7AKn4Ul9J0TxfupBGjZaL1R54NapdgtMQ0npess3nLvet53FFe4Lkp+4vn3iqaWnulMUpWNarN2E/XFQjyFOpqpN"
        + "3TQGrLNFjUjl1mLY5q/nXslNRI3UFP+dx7pvQ2IM0BXqmNe8i4HdE+LIZmRfNsd3d0ySLUjEoX3eWSpCJuJUqt1/3gwbEm6QRvA7Z9LQ+thaiDeA48fg25kJ"
        + "gvb0Do0r/qCyWXBmWGzLhP43EYK/vtaENSJRIN9EU+rbTvZ0T6Glr6pexJO7aBDrVMMuhCutFq0cLIodYEqdEsejmlVCWe4D/KzS1bdE8a16rH/au7MIKu/o"
        + "eDZycIsc/zZnoDU9HPPGfLSOFX2Sh3ofIeFCvSRWCyTvFuVOgKBYzQ==");

    public static readonly byte[] Reply = Convert.FromBase64String(
        "CQkJCQkJCQkJCQkJ81lKeMPaBeOZQHqy59v1gGlDjX0OUxbiS644MM9q1RjoFAzVt5maidvd4ZYMb5KchVQ9VMJLkGkP650M6k1hecsj5MNGAs+mIp54mzB2"
        + "kSTIrQRM");

    public static readonly byte[] MemberFrame = Convert.FromBase64String(
        "rnNnmG+NPqMBbl4/uv6uC7K0ppv7euEF4VGm+92GGLpXuAtYWu7Rn+YqqVKbS4LMrjNEcLk60NHezWpOTUWsP0FHic7HBc/UCdjeGmB3Xmg3JW28Q/TmhVsr"
        + "X3rTRz2bmEW+aS2AXqd9XF6rKyr9ol1xutIJ9tExy4msTYQYzhFuO+wcgr2UF3vhSGj68AV1/PSJfV/zNflHzOjmzSZL3CYl7sGrhPoUdE6ejEwZ6XcofWW9"
        + "QA44NgvK83agzHEX2GiOUHMUBcBtbYohETC9mrjcgYgnAOG907WyX9lfr+bVGxUy4Vnx3tFmN2+WO7OJDI1IPhI1RlR5aVU+e0+NYgVdGf+on9qEtP7oNJSg"
        + "dLE6GOmKYf8JO6717V3Ezyn2km+XqsurKDsKDugVET0dzg==");

    public static readonly byte[] KeepAliveFrame = Convert.FromBase64String(
        "TTVzH9sB6yxyB0yx+7svTYSw2hGB8evvjsJrkNjL1W1vc3Q=");

    public static readonly byte[] AnswerFrame = Convert.FromBase64String(
        "i64XgdfAnBOxGEAc34ozX+NWfN8sb/o9FUg=");

    public static readonly byte[] HeadSignature = Convert.FromBase64String(
        "ROBIwuhvZZAFjzBUKC1Et9xQ3QnCeWL7DzUSGFPiEeIF5uGbzXT72tcIk2MJO+fgw0KLibmxhC++z5vf+bZ+OH0BOOG2w2ysnSfg2PEiZDxkFQJo+k8tB4IC"
        + "BpR3RX9cxe7egpvkZGqL9dMHaoJ2vqK70C+LxpG/lKDW0j3bySZ4elA9dnsfZZzqcDLh9MTg3AbgpoiamoIyo00mYFqeGCZtaiwb2mjG9rVNytp4bGOtcZhs"
        + "pOwjNdLJKpdL+h1MdEYiV4CxfmScMtduPnwkPCSprsRDFNcTOg3UukesI+SPbvUJ+zBoF/yZPR5sSzU8ParGtxwEw+nhCadHTWGYkQ==");

    public static readonly byte[] Datagram = Convert.FromBase64String(
        "CVvDuYQct260SbEheun9d2hvmNLlPdW1nJay+KM/e2YAAAAAawHupAAAAA0xMC4xLjIuMzo5MTg4HHgK0DerC5nni4xrvKiEw7ANYhwN/mDBdygg6zV0N/bq"
        + "IXMwa1jntQO8GAop5SEGYWA9AiY/iW1o0APT4GpX0STDBAp9SkxNY0qUERluGvdTTXFrOqsnveoCK0YPSY1YQB8uNQce2nKZAtRJ9GIkNINxZtpfha/2FwW7"
        + "5QaEVOzUCAztib4baw9GY4+s3wgf3gWw1A0e19j1VdhvG9XukFE8pZT/UZ5FMrfW80fuPPJGNlNqQL8G4wpFm5zI8ZDTHfAT55KrHG0lfYTt4NXga9lCMmGP"
        + "N1qMbQRH90DBFu6eIpuRykL5Z4jV48tZPQ1GO04ikXmcx3OMSZlSc4jy8A==");
}
