namespace Gateway.Plugins.Redis;

/// <summary>
/// Counts one request in all windows of a caller, or refuses it: one key, one round trip, and nobody in between, so that any number of data planes share a counter exactly.
/// </summary>
/// <remarks>
/// The time is Redis' own, so that data planes whose clocks differ still agree on the window. A caller is one hash with a field for each window size, which holds the
/// window's number, its count, and the count of the window before: nothing is left to clean up but the whole, which expires. Where Redis' clock stepped back by a window
/// (a failover) the newer one goes on; by more, counting starts again.
/// Arguments: rule (0 to 2, see <see cref="CounterRule"/>), lifetime in seconds, time in milliseconds ("" for Redis' own), what the request counts for, then size, limit, slides (0 or 1) of each window.
/// </remarks>
internal static class CounterScript
{
    public const string Text = """
        local rule, lifetime, now, amount = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
        if not now then
          local time = redis.call('TIME')
          now = time[1] * 1000 + math.floor(time[2] / 1000)
        end
        local seconds = now / 1000

        local function calendar()
          local z = math.floor(seconds / 86400) + 719468
          local era = math.floor(z / 146097)
          local doe = z - era * 146097
          local yoe = math.floor((doe - math.floor(doe / 1460) + math.floor(doe / 36524) - math.floor(doe / 146096)) / 365)
          local doy = doe - (365 * yoe + math.floor(yoe / 4) - math.floor(yoe / 100))
          local shifted = math.floor((5 * doy + 2) / 153)
          local month = shifted < 10 and shifted + 3 or shifted - 9
          return yoe + era * 400 + (month <= 2 and 1 or 0), month
        end

        local count = (#ARGV - 4) / 3
        local fields = {}
        for i = 1, count do
          fields[i] = ARGV[3 * i + 2]
        end

        local stored = redis.call('HMGET', KEYS[1], unpack(fields))
        local number, current, before, usage = {}, {}, {}, {}
        local refusing = 0
        for i = 1, count do
          local size, limit = tonumber(fields[i]), tonumber(ARGV[3 * i + 3])
          local covered = 0
          if size > 0 then
            number[i] = math.floor(seconds / size)
            covered = 1 - (seconds / size - number[i])
          else
            local year, month = calendar()
            number[i] = size == -2 and year or year * 12 + month
          end

          local n, c, p
          if stored[i] then
            n, c, p = string.match(stored[i], '^(%d+) (%d+) (%d+)$')
            n, c, p = tonumber(n), tonumber(c), tonumber(p)
          end
          if n == number[i] or n == number[i] + 1 then
            number[i], current[i], before[i] = n, c, p
          elseif n == number[i] - 1 then
            current[i], before[i] = 0, c
          else
            current[i], before[i] = 0, 0
          end

          usage[i] = current[i] + (ARGV[3 * i + 4] == '1' and before[i] * covered or 0)
          local exceeded
          if rule == 0 then
            exceeded = usage[i] >= limit
          else
            exceeded = usage[i] + amount > limit
          end
          if exceeded and refusing == 0 then
            refusing = i
          end
        end

        local last = refusing == 0 and count or rule == 2 and refusing or 0
        local changes = {}
        for i = 1, last do
          usage[i] = usage[i] + amount
          changes[2 * i - 1] = fields[i]
          changes[2 * i] = string.format('%.0f %.0f %.0f', number[i], current[i] + amount, before[i])
        end
        if last > 0 then
          redis.call('HSET', KEYS[1], unpack(changes))
          redis.call('EXPIRE', KEYS[1], lifetime)
        end

        local reply = { refusing, string.format('%.0f', now) }
        for i = 1, count do
          reply[i + 2] = string.format('%.17g', usage[i])
        end
        return reply
        """;
}
