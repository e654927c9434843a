import { expect, test } from 'vitest';
import { ON_EXAMPLE } from './example.ts';
import { seam } from './seam.ts';

test('the text above the diff, as written', async () => {
  expect(await seam(['header', '1', ...ON_EXAMPLE])).toMatchInlineSnapshot(`
    {
      "status": 0,
      "stderr": "",
      "stdout": "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
    From: Seam Project <series@seam.invalid>
    Date: Tue, 1 Aug 2006 10:00:00 +0400
    Subject: [PATCH] sys: refuse an empty buffer in gethostname()

    A length of zero left the caller's buffer without a terminating byte and
    still returned success. There is no host name that fits into nothing, so
    say -EINVAL, as for a negative length.

    Signed-off-by: Seam Project <series@seam.invalid>
    ---
     kernel/sys.c | 2 +-
     1 file changed, 1 insertion(+), 1 deletion(-)

    ",
    }
  `);
});

test('--json has its facts', async () => {
  const { stdout } = await seam(['header', '--json', '1', ...ON_EXAMPLE]);
  expect(JSON.parse(stdout)).toMatchInlineSnapshot(`
    {
      "patches": [
        {
          "author": {
            "email": "series@seam.invalid",
            "name": "Seam Project",
          },
          "body": "A length of zero left the caller's buffer without a terminating byte and
    still returned success. There is no host name that fits into nothing, so
    say -EINVAL, as for a negative length.

    Signed-off-by: Seam Project <series@seam.invalid>",
          "date": {
            "seconds": 1154412000,
            "text": "Tue, 1 Aug 2006 10:00:00 +0400",
            "zone": 240,
          },
          "envelope": null,
          "fields": [
            {
              "key": "From",
              "value": "Seam Project <series@seam.invalid>",
            },
            {
              "key": "Date",
              "value": "Tue, 1 Aug 2006 10:00:00 +0400",
            },
            {
              "key": "Subject",
              "value": "[PATCH] sys: refuse an empty buffer in gethostname()",
            },
          ],
          "name": "utsname/gethostname-empty-buffer.patch",
          "notes": " kernel/sys.c | 2 +-
     1 file changed, 1 insertion(+), 1 deletion(-)

    ",
          "style": "mail",
          "subject": "sys: refuse an empty buffer in gethostname()",
          "trailers": [
            {
              "key": "Signed-off-by",
              "value": "Seam Project <series@seam.invalid>",
            },
          ],
          "warnings": [],
        },
      ],
      "schema": "seam/header/1",
    }
  `);
});
