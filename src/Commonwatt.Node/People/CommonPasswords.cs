namespace Commonwatt.Node.People;

/// <summary>Passwords of twelve characters and more that stand at the top of the lists that leaked, and those that this program's name suggests.</summary>
internal static class CommonPasswords
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "123456789012", "1234567890123", "1234567890qwerty", "123456123456", "123123123123", "123412341234", "012345678910", "0123456789012",
        "987654321098", "098765432109", "121212121212", "112233445566", "1q2w3e4r5t6y", "1qaz2wsx3edc", "1qazxsw23edc", "1q2w3e4r5t6y7u8i",
        "qwerty123456", "qwertyuiop12", "qwertyuiop123", "qwertyuiop[]", "qwertyqwerty", "qwertyuiopasdf", "qwertyuiopasdfghjkl", "asdfghjkl123",
        "asdfasdfasdf", "zxcvbnm12345", "qazwsxedcrfv", "qazwsxedc123", "q1w2e3r4t5y6", "zaq12wsxcde3", "abcdefghijkl", "abcdefg12345",
        "abcdef123456", "abcd12345678", "abc123abc123", "abcabcabcabc", "a1b2c3d4e5f6", "aa1234567890", "password1234", "password12345",
        "password123!", "password123456", "passwordpassword", "password2024", "password2025", "password2026", "passw0rd1234", "p@ssw0rd1234",
        "p@ssword1234", "mypassword123", "mypassword12", "thisismypassword", "letmein12345", "letmeinletmein", "welcome12345", "welcome123456",
        "welcome2024!", "welcome2025!", "welcome2026!", "changeme1234", "changeme12345", "changemenow1", "administrator", "administrator1",
        "admin1234567", "admin12345678", "adminadmin12", "adminadminadmin", "rootrootroot", "iloveyou1234", "iloveyou12345", "iloveyou123456",
        "iloveyouforever", "iloveyousomuch", "princess1234", "sunshine1234", "football1234", "baseball1234", "superman1234", "dragon123456",
        "monkey123456", "master123456", "michael12345", "charlie12345", "jennifer1234", "trustno1trustno1", "whatever1234", "nothing12345",
        "correcthorsebatterystaple", "correct horse battery staple", "secret123456", "secretsecret", "testtesttest", "test12345678", "testing12345", "computer1234",
        "internet1234", "samsung12345", "pokemon12345", "starwars1234", "liverpool123", "barcelona123", "benfica12345", "portugal1234",
        "lisboa123456", "palavrapasse", "palavra-passe", "senha1234567", "senha12345678", "minhasenha123", "passwort1234", "passwort12345",
        "passwort123456", "meinpasswort", "hallo1234567", "schatz123456", "sommer2025!!", "sommer2026!!", "winter2025!!", "winter2026!!",
        "commonwatt123", "commonwatt1234", "commonwatt2026", "commonwattcommonwatt", "energy123456", "solarsolarsolar", "electricity1", "electricity123",
    };

    /// <summary>Whether everybody who guesses tries this one early.</summary>
    public static bool Contains(string password) => Known.Contains(password);
}
