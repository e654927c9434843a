import { TOPICS_ARGUMENT } from './arguments.ts';
import { threadOptions } from './thread-options.ts';
import { defineVerb } from './types.ts';

export const send = defineVerb({
  name: 'send',
  group: 'review',
  summary: 'send review threads by SMTP, after showing what goes where',
  description: [
    'Makes the threads as seam thread does and shows mails, recipients and a hash over all of it. Nothing is sent until the same command is given with --confirm and that hash; when a patch, a letter or a recipient has changed since, the hash has, too.',
    'What the server has taken is noted below $XDG_STATE_HOME/seam/sent, by Message-ID. After a broken connection the same command goes on behind the last mail that was taken; no mail is sent twice. Where it broke between the end of a mail and the answer, nobody knows whether it was taken: look at the list, and say --assume sent or --assume lost.',
    "When all of it is out, the threads are kept below review/sent, beside the configuration: patches as <topic>/v1.mbox for git am, letters as v1.cover. 'seam range-diff sent:TOPIC' and the next version's letter compare with them. Another thread under a number that was sent is refused.",
    "The server is smtp://host, smtp://user@host (with STARTTLS) or smtps://user@host, from --server or from smtp in the user's own configuration; the password comes from the environment, SEAM_SMTP_PASSWORD.",
    '--reflect sends everything to the sender alone, with headers unchanged: see what others would get, and how it survives the way.',
  ],
  arguments: [TOPICS_ARGUMENT],
  options: {
    ...threadOptions,
    confirm: { type: 'text', value: 'HASH', summary: 'send what has this hash' },
    server: { type: 'text', value: 'URL', summary: 'smtp:// or smtps://, with user and port' },
    reflect: { type: 'flag', summary: 'to the sender alone' },
    pause: { type: 'number', value: 'SECONDS', summary: 'between two mails; 0 if absent' },
    assume: {
      type: 'choice',
      value: 'FATE',
      choices: ['sent', 'lost'],
      summary: 'of the mail whose fate is not known',
    },
  },
  examples: [
    ['seam send utsname --date now', 'what would go where'],
    ['seam send utsname --date now --reflect --server smtp://localhost', 'a rehearsal'],
    ['seam send utsname --confirm 0f3a9c5e7b1d2468', 'send it'],
  ],
});
