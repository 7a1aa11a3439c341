using System.Text;

namespace Repository.Api.Tests.Keys;

/// <summary>Signatures of <see cref="Data"/> that OpenSSL 3.0.19 made with the keys of <see cref="OpenSslKeys"/>.</summary>
internal static class OpenSslSignatures
{
    /// <summary><c>pkeyutl -sign -rawin</c></summary>
    public static readonly byte[] Ed25519 = Convert.FromBase64String(
        "ADD+1WIXE+FKVJM9CgfhUvACJJJkRtVfGyyWwb7Ld9LdQbQQwBOb5MLxjN8AyijW5I2Btrx+Z8v+W4Ziqx2pBw==");

    /// <summary><c>dgst -sha256 -sign</c></summary>
    public static readonly byte[] RS256 = Convert.FromBase64String(
        "qBjod5W/XDOqSsglxeWjzdm++/UY4cMXL5/FKL35yZvw1dYwrv+44t7DmrXWkqqKET27Ov79yRJ5A7IKTSZtRQNPi0i7ECLI+Idu"
        + "bCPSWSKcW/M2R4xVSLJirmGBTXjo5WFSJChluHRTn8BtzFI9hfHg44xq5g4VZzcs+JBhIe+ZGWZXUHiiTPU+2gNGumJnLUpZlAhg"
        + "K7wjQmm/8AhLNOSV104R5WvGS+mtPPEmYeOVlGFt5W7KU0MfV/8sC6mxHlQz2uvBAbrhNo3vCp1LeKR6KaS59NPhvg7Mpec+tp1g"
        + "FdhpKaqZv2yyZ8jA+p7eX2/KgC4qRUpN69Oo7W7mXQ==");

    /// <summary>The same by the key whose exponent is 3.</summary>
    public static readonly byte[] RS256Exponent3 = Convert.FromBase64String(
        "b5Yvfk8wWvZPbSPKAzc+ZGNX5Zyt3miGSgT160vnzOqqxkSDp5kiPMjB4JCZInDHU609TCngSTdXSKVjSkSlB+/8epSa00kR2+dr"
        + "sb1izcAUqEVybts6bvQxFgLJvk8nORX4RuSDr2aLkkusyNZNStOrVICcQx5QXpyZ6ShEyU1KYP3s/uhceEv9YFrHPQas5/zSjESZ"
        + "HSO8rQaxmegeKX8f5AzB1VFMtUYCrbhIQhDmY7xPcsimUszKgQS2OWs8QqqlHn9oCWsAWV1muUdjb9OoBpJ7lj23j0qo2yIMyyET"
        + "hghVVMNCRd8ZA6ZwIxHVg6l7fn9xQvVx4+YD47ax9g==");

    /// <summary><c>dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32</c></summary>
    public static readonly byte[] PS256 = Convert.FromBase64String(
        "rf3kGyOvzD83aiUCOdevhjGvsMUE93kcl+V8wQU9ruPyWFad7g7Y/ACEgzBcWCvEKW2eSDUi+TxLcwcYofOAo0GmNcwpOP9jsyOA"
        + "RHOURPxgCSSQJaauapsbgf2SbqY/jdgDOBfFgyVdiQIZTID7dsrKWURx8VobvVrnnO4Nh8M6TyToR/9qJ472IZXyiUhVwiU7LQ6o"
        + "wEG9wK2AmGExbhnyHUYcUTdF4LCYlVdGn33kcNy0g19DTVr79IdUdKDA5vSAwzEMawyKeNl6OgDyEBSFJpJG59i17sCm2ERQK7v1"
        + "/nW5jQflT6px6MhLLirYsRYSfuNh8Lkq0Fih/vPcYA==");

    /// <summary>The same with <c>rsa_pss_saltlen:20</c>.</summary>
    public static readonly byte[] PssSalt20 = Convert.FromBase64String(
        "fvbxRgiO9oFHeMw/CkcoSismDVJVyK6IQOmleWLs63RgAjm5gkSUeDY8b267YGmiaXfxPzFAkEmVt9l1AMA7z7PD0kiAtnA2Lr8Y"
        + "YzfYpm7rCfWwHXQQmdVLoykNuG4CQPW8QSHNZVjnPR1NB8EUZ+3va7WmVWhoKp2uSJLXrT+U2P3uB/B9K6OMiqaAREbWDMsrIRot"
        + "2nhMbbYafG0m+J4Z/jfwiK69RX4mDbh5mG9pP988A9acfeAZL8FMHGeoOjBEsgdwITXDrGoZR6rByqSCKexPVAIQFysJPU5hoWWv"
        + "99O0WlSH/BgKIRweRtx76CdKZUB4IqOzXhIeLAXibg==");

    /// <summary>The same with <c>rsa_pss_saltlen:0</c>.</summary>
    public static readonly byte[] PssSalt0 = Convert.FromBase64String(
        "dbzJtcofZXz5WQ+0oiQLqFh1azcwD1wlwTvYkV6SJMvj1q1uXHaiVt7rG6sf5748k9PbO/fChlV27B/iRWiVGRpntZcFKgQ1bS5s"
        + "QzxCH9/7CWnV18EIVwBgV9Fbu4EVptFMEcrb8YKnSBryV4jOF3i+tbtAu+MdQ6FDuvujxsTvQ/d6BP4qkMuLnM1m1L+iNGqvuSrk"
        + "ZN6nSxk7pRKAltjNExfEVvE6pjyK6yJuNFFYIAMjxUxhSLknj0KXxaSUlAYD5tuPJtvbzOi3lvLjKmkgJjIi47JoQlpSdmwgt7Ge"
        + "0RE4qxyRFypr5LNTXJfbqp1NHy+Ay5tIz+ieGTzKJg==");

    /// <summary><c>dgst -sha1 -sign</c></summary>
    public static readonly byte[] RsaSha1 = Convert.FromBase64String(
        "Kn43y9WdWYbb1DQeFYbMZ0ldTX+7Tyi8F6AApIxY3+rmejiOTjFF/DmX5+m8+qtY3m9UzpYnefp1bVEowcdHjPwwnLtso+4AgWaB"
        + "fJS8mwWuVnJCQs3shXut9rLrArGC8UPvUo/46nEeneXwdvoJIZR+iFjSBeCgrXmbLGk3webbXfCnTkyb9ce+87ctb+EfMtJGSgW3"
        + "8CtRF1u0ev+YpE+iBaoN1l0gG8rUTFX5j3y3zRgLOEVQzIJADJB+k1PXh6RvHwQk3QsIam5tIsJw1WRvTAM6+4ACF1O4sF8tM++W"
        + "01qmE4qGhA6X02Z1k/p2H4K3AhSFJC22kTjohwuPeQ==");

    /// <summary><c>dgst -sha512 -sign</c></summary>
    public static readonly byte[] RsaSha512 = Convert.FromBase64String(
        "NPUGxo13glOaW3UDcuMSQv6K1Y/9fqJRMxHO82WkKVxzbmgM6YyM1UPSQBOUygE0v1n0Xf33AHmkaEvXHEpz4pT1JqPDEgz27X4i"
        + "cnQ+aQcunOlaSr7K2e1o/fE7ZmAwkcQlkzIaI+v03pSqRUVOHa9on7veuXSHXXZlE3Nhpcb71ZHQm5v/Tg38dXMfI9FPPPdXH/YQ"
        + "SM/3pKT03FY9Jsx8zrnxwIKuzkiixoChnhAW9oZUZ90QTALRvY1LMLF5ztGFnH9aMUE46s+G7O1lqjPHqdp4uHo9MIXAHOP5W+Ap"
        + "PpPIG1PbxgEMBsKGa9BmrS+SGS+ZSjoUosBQZi5QfQ==");

    /// <summary><c>dgst -sha256 -sign</c></summary>
    public static readonly byte[] EcdsaDer = Convert.FromBase64String(
        "MEQCIE6SiZot/SObyHIeg2118clA5E9+KajVjmPnw9/ao6sMAiAvSix44hDa8M26atlSirAtRGSXY2WJAkO5v3fAv24rKg==");

    /// <summary>The same signature as r ‖ s.</summary>
    public static readonly byte[] ES256 = Convert.FromBase64String(
        "TpKJmi39I5vIch6DbXXxyUDkT34pqNWOY+fD39qjqwwvSix44hDa8M26atlSirAtRGSXY2WJAkO5v3fAv24rKg==");

    /// <summary><c>dgst -sha256 -sign</c> over <see cref="SmallData"/>: so small a number that the modulus can be added to it in 256 bytes.</summary>
    public static readonly byte[] RS256Small = Convert.FromBase64String(
        "AhijgI248DmfCJHKs9USqos8gTAHfrKyo6fWZ7nZSJT2mtRAC8aMJnswPAmeS4+KbAquJOizL/ksfkXzwI5pgU3AK/CLU2/3E4++"
        + "QDyhpcZu4/YMPkDLVUkk3Fg2k9eaYUxH1JGLwbaY4d1bGaRrbUboXIMRVLJGLbXVj3arab9TL9c83i5bjxaGurKueWSxx/5Vf/Wp"
        + "qdk1dAOUAuBDT7HrRju2wHpXtSZiDebRMF5y/AxAMp9J/yeV6N4aOeOMRYXXtTBMQ/DsVhHLiPd+r5GBKrMVGjCoMLlGBNt+c452"
        + "w9N90QffZVwtbv7eF0ucwHUPQSd5hkYSacnU26sL8A==");

    public static readonly byte[] SmallData = Encoding.ASCII.GetBytes("data signed by openssl, 40");

    public static readonly byte[] Data = Encoding.ASCII.GetBytes("data signed by openssl");
}
