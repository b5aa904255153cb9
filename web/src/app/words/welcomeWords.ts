/** What a new member reads until he is let in, in English, Portuguese and German. */
export const welcomeWords = {
  title: ['Welcome, {name}', 'Boas-vindas, {name}', 'Willkommen, {name}'],
  lead: ['One thing is left for you to do before your home takes part in {community}: make your key.', 'Falta-lhe fazer uma coisa para que a sua casa participe em {community}: criar a sua chave.', 'Eines bleibt Ihnen noch zu tun, bevor Ihr Haus bei {community} mitmacht: Ihren Schlüssel erzeugen.'],
  leadWaiting: ['You have done your part. {community} lets you in as soon as its manager has signed.', 'A sua parte está feita. {community} admite-o assim que a gestão assinar.', 'Ihren Teil haben Sie erledigt. {community} nimmt Sie auf, sobald die Verwaltung unterschrieben hat.'],
  steps: ['Your way in', 'O caminho para entrar', 'Ihr Weg hinein'],
  invited: ['You have an account', 'Tem uma conta', 'Sie haben ein Konto'],
  invitedText: ['You accepted your invitation and can sign in.', 'Aceitou o convite e pode entrar.', 'Sie haben die Einladung angenommen und können sich anmelden.'],
  makeKey: ['Make your key', 'Crie a sua chave', 'Erzeugen Sie Ihren Schlüssel'],
  makeKeyText: ['It signs your orders. It is made in this browser, in a minute, and nobody else ever has it.', 'Assina as suas ordens. É criada neste navegador, num minuto, e mais ninguém a tem.', 'Er unterschreibt Ihre Gebote. Er entsteht in diesem Browser, in einer Minute, und niemand sonst hat ihn je.'],
  toKey: ['To my key', 'Para a minha chave', 'Zu meinem Schlüssel'],
  letIn: ['The manager lets you in', 'A gestão admite-o', 'Die Verwaltung nimmt Sie auf'],
  letInLater: ['Once your key is there, the manager sees you on the list of those who wait.', 'Quando a chave existir, a gestão vê-o na lista de espera.', 'Sobald Ihr Schlüssel da ist, sieht die Verwaltung Sie auf der Liste der Wartenden.'],
  letInNow: ['The manager sees you on the list of those who wait. You need do nothing: this page goes on by itself. If it takes long, tell the manager.', 'A gestão vê-o na lista de espera. Não precisa de fazer nada: esta página avança sozinha. Se demorar, avise a gestão.', 'Die Verwaltung sieht Sie auf der Liste der Wartenden. Sie brauchen nichts zu tun: Diese Seite geht von selbst weiter. Dauert es lange, sagen Sie der Verwaltung Bescheid.'],
  ready: ['Done', 'Pronto', 'Fertig'],
  readyText: ['Your energy, the market and your wallet open here.', 'A sua energia, o mercado e a carteira abrem-se aqui.', 'Ihre Energie, der Markt und Ihr Konto öffnen sich hier.'],
} as const;
