namespace Signalbox;

/// <summary>The category that RDS documents for each of its event ids. SNS messages carry only the id.</summary>
/// <remarks>Source: the event lists of the RDS and Aurora user guides, 325 ids.</remarks>
internal static class RdsCategories
{
    /// <summary>The category of an event id, or null when the id is newer than this table.</summary>
    /// <param name="id">The number in "RDS-EVENT-0049".</param>
    public static string? Of(int id) => id switch
    {
        4 or 6 or 22 or 221 or 222 or 330 or 331 or 396 or 419 => "availability",
        131 or 132 => "backtrack",
        1 or 2 or 74 or 75 or 86 or 168 or 169 => "backup",
        (>= 9 and <= 12) or 14 or (>= 16 and <= 18) or 24 or 25 or (>= 28 and <= 30) or 32 or 33 or 37 or 38 or 67 or 78 or 92
            or 179 or 180 or 204 or 207 or (>= 213 and <= 215) or 217 or 218 or 295 or 296 or (>= 332 and <= 335) or 383 => "configuration change",
        5 or 40 or 42 or 90 or 91 or 170 or 203 or 206 or 244 or (>= 316 and <= 320) => "creation",
        3 or 41 or 171 or 205 or 208 or 246 => "deletion",
        13 or 15 or 34 or (>= 49 and <= 51) or 65 or (>= 69 and <= 73) => "failover",
        31 or 35 or 36 or 39 or 58 or (>= 79 and <= 83) or 143 or 165 or 188 or 195 or 198 or 219 or 220 or 223 or 224 or 237
            or 243 or 245 or 249 or 252 or 254 or 261 or 275 or (>= 277 and <= 285) or 306 or 310 or 314 or 315 or 324
            or 328 or 329 or (>= 353 and <= 356) or 387 or 418 or 420 or 421 or 484 or 489 => "failure",
        (>= 181 and <= 187) or (>= 238 and <= 241) or 397 or 423 => "global failover",
        7 or 89 or 227 => "low storage",
        26 or 27 or 47 or 155 or 156 or 173 or 174 or (>= 176 and <= 178) or (>= 191 and <= 194) or (>= 264 and <= 270)
            or (>= 286 and <= 290) or (>= 302 and <= 305) or 363 or (>= 366 and <= 369) or 388 or 389 or 394 or 395
            or 398 or 399 or 410 or (>= 412 and <= 414) or 417 or 422 or 424 or 425 or 429 or 501 or 502 => "maintenance",
        44 or 48 or (>= 54 and <= 56) or (>= 59 and <= 61) or 64 or 76 or 77 or 84 or 85 or 87 or 88 or 141 or 142
            or (>= 144 and <= 154) or (>= 157 and <= 164) or 167 or 172 or 189 or 190 or 196 or 197 or 225 or 231
            or (>= 234 and <= 236) or 247 or 248 or 250 or 251 or 253 or 259 or 260 or 297 or 298 or 307 or 308 or 311 or 312
            or (>= 321 and <= 323) or (>= 325 and <= 327) or 365 or (>= 370 and <= 374) or 385 or 386 or 390 or 391
            or (>= 403 and <= 406) or 409 or 426 or (>= 486 and <= 488) or (>= 491 and <= 493) or 512 or 513 => "notification",
        45 or 46 or 57 or 62 or 63 or 202 or 233 or (>= 357 and <= 360) or 411 or 415 or 416 => "read replica",
        20 or 21 or 23 or 52 or 53 or 66 or 166 or 361 or 362 => "recovery",
        19 or 43 or 352 => "restoration",
        68 => "security",
        230 => "security patching",
        _ => null,
    };
}
