<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About Store Uploader</source>
        <translation>Über Store Uploader</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Free software under the MIT licence</source>
        <translation>Freie Software unter der MIT-Lizenz</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Gemacht mit</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
</context>
<context>
    <name>AltField</name>
    <message>
        <source>Alt text</source>
        <translation>Alternativtext</translation>
    </message>
    <message>
        <source>Describe the photo for people who can’t see it</source>
        <translation>Das Foto für Menschen beschreiben, die es nicht sehen</translation>
    </message>
</context>
<context>
    <name>AltTexts</name>
    <message>
        <source>Alt text</source>
        <translation>Alternativtext</translation>
    </message>
    <message>
        <source>Alt text for many photos</source>
        <translation>Alternativtext für viele Fotos</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Insert {meaning}</source>
        <translation>Einfügen: {meaning}</translation>
    </message>
    <message>
        <source>Keep texts that are there</source>
        <translation>Vorhandene Texte behalten</translation>
    </message>
    <message numerus="yes">
        <source>Set {n} texts</source>
        <extracomment>For exactly one: Set 1 text</extracomment>
        <translation>
            <numerusform>1 Text setzen</numerusform>
            <numerusform>{n} Texte setzen</numerusform>
        </translation>
    </message>
    <message>
        <source>So they will read</source>
        <translation>So werden sie lauten</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>its SKU</source>
        <translation>seine Artikelnummer</translation>
    </message>
    <message>
        <source>the file’s name, as words</source>
        <translation>der Dateiname, in Wörtern</translation>
    </message>
    <message>
        <source>the item’s title</source>
        <translation>der Titel des Artikels</translation>
    </message>
    <message>
        <source>which picture of the item it is</source>
        <translation>das wievielte Bild des Artikels es ist</translation>
    </message>
</context>
<context>
    <name>BatchCheck</name>
    <message>
        <source>A crop cuts the product. Move it, pad the photo, or send it as it is.</source>
        <translation>Ein Zuschnitt kappt das Produkt. Rahmen verschieben, Foto ergänzen oder so senden.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Before it goes out</source>
        <translation>Vor dem Hochladen</translation>
    </message>
    <message>
        <source>Can’t be used</source>
        <translation>Nicht verwendbar</translation>
    </message>
    <message>
        <source>Centre on the product</source>
        <translation>Aufs Produkt ausrichten</translation>
    </message>
    <message>
        <source>Choose items…</source>
        <translation>Artikel wählen…</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Gekappt</translation>
    </message>
    <message numerus="yes">
        <source>For all {n} photos</source>
        <extracomment>For exactly one: For this photo</extracomment>
        <translation>
            <numerusform>Für dieses Foto</numerusform>
            <numerusform>Für alle {n} Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>For the {n} chosen photos</source>
        <extracomment>For exactly one: For the chosen photo</extracomment>
        <translation>
            <numerusform>Für das gewählte Foto</numerusform>
            <numerusform>Für die {n} gewählten Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Has pictures</source>
        <translation>Hat Bilder</translation>
    </message>
    <message numerus="yes">
        <source>Its item has {n} pictures.</source>
        <extracomment>For exactly one: Its item has a picture.</extracomment>
        <translation>
            <numerusform>Der Artikel hat ein Bild.</numerusform>
            <numerusform>Der Artikel hat {n} Bilder.</numerusform>
        </translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message numerus="yes">
        <source>Location and camera data are removed from {n} photos.</source>
        <extracomment>For exactly one: Location and camera data are removed from one photo.</extracomment>
        <translation>
            <numerusform>Aus einem Foto werden Ort und Kamera entfernt.</numerusform>
            <numerusform>Aus {n} Fotos werden Ort und Kamera entfernt.</numerusform>
        </translation>
    </message>
    <message>
        <source>No crop keeps the whole product.</source>
        <translation>Kein Zuschnitt zeigt das ganze Produkt.</translation>
    </message>
    <message>
        <source>No item</source>
        <translation>Kein Artikel</translation>
    </message>
    <message>
        <source>No item fits this file name.</source>
        <translation>Kein Artikel passt zum Dateinamen.</translation>
    </message>
    <message>
        <source>No photo goes out.</source>
        <translation>Kein Foto wird gesendet.</translation>
    </message>
    <message>
        <source>Nothing to say here.</source>
        <translation>Hier ist nichts zu sagen.</translation>
    </message>
    <message>
        <source>Pad to a square</source>
        <translation>Zum Quadrat ergänzen</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Von der Liste nehmen</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Send after all</source>
        <translation>Doch senden</translation>
    </message>
    <message>
        <source>Sent twice</source>
        <translation>Doppelt</translation>
    </message>
    <message>
        <source>The same photo as {name}.</source>
        <translation>Dasselbe Foto wie {name}.</translation>
    </message>
    <message>
        <source>The same photo goes to the same item, or was sent to it before.</source>
        <translation>Dasselbe Foto geht an denselben Artikel oder wurde ihm schon gesendet.</translation>
    </message>
    <message>
        <source>The shop would enlarge these photos, and they would look blurred.</source>
        <translation>Der Shop würde diese Fotos vergrößern, sie wären unscharf.</translation>
    </message>
    <message>
        <source>The {style} cuts the product. Centred on it, it is whole.</source>
        <translation>Der Zuschnitt {style} kappt das Produkt. Darauf ausgerichtet ist es ganz.</translation>
    </message>
    <message>
        <source>The {style} cuts the product. No crop keeps all of it.</source>
        <translation>Der Zuschnitt {style} kappt das Produkt. Kein Zuschnitt zeigt es ganz.</translation>
    </message>
    <message>
        <source>Their items have pictures. Add these after them, or replace them.</source>
        <translation>Ihre Artikel haben Bilder. Dahinter hinzufügen oder ersetzen.</translation>
    </message>
    <message>
        <source>They stay on the list until you choose their items.</source>
        <translation>Sie bleiben auf der Liste, bis ihr Artikel gewählt ist.</translation>
    </message>
    <message>
        <source>They stay on the list; nothing of them is sent.</source>
        <translation>Sie bleiben auf der Liste; nichts davon wird gesendet.</translation>
    </message>
    <message>
        <source>Too small</source>
        <translation>Zu klein</translation>
    </message>
    <message numerus="yes">
        <source>Upload all {n}</source>
        <extracomment>For exactly one: Upload {n}</extracomment>
        <translation>
            <numerusform>{n} hochladen</numerusform>
            <numerusform>Alle {n} hochladen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Upload the {n} without warnings</source>
        <extracomment>For exactly one: Upload the {n} without warnings</extracomment>
        <translation>
            <numerusform>{n} ohne Warnung hochladen</numerusform>
            <numerusform>{n} ohne Warnung hochladen</numerusform>
        </translation>
    </message>
    <message>
        <source>Was sent to this item before, as {name}.</source>
        <translation>Wurde diesem Artikel schon gesendet, als {name}.</translation>
    </message>
    <message>
        <source>Will be added</source>
        <translation>Kommt hinzu</translation>
    </message>
    <message>
        <source>Will replace</source>
        <translation>Ersetzt ein Bild</translation>
    </message>
    <message numerus="yes">
        <source>{n} items fit this file name.</source>
        <extracomment>For exactly one: An item fits this file name.</extracomment>
        <translation>
            <numerusform>Ein Artikel passt zum Dateinamen.</numerusform>
            <numerusform>{n} Artikel passen zum Dateinamen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} of them deserve a look.</source>
        <extracomment>For exactly one: One of them deserves a look.</extracomment>
        <translation>
            <numerusform>Eins davon verdient einen Blick.</numerusform>
            <numerusform>{n} davon verdienen einen Blick.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photos are ready to go.</source>
        <extracomment>For exactly one: One photo is ready to go.</extracomment>
        <translation>
            <numerusform>Ein Foto ist bereit.</numerusform>
            <numerusform>{n} Fotos sind bereit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photos tell the store where they were taken.</source>
        <extracomment>For exactly one: One photo tells the store where it was taken.</extracomment>
        <translation>
            <numerusform>Ein Foto verrät dem Shop den Aufnahmeort.</numerusform>
            <numerusform>{n} Fotos verraten dem Shop den Aufnahmeort.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Bottom</name>
    <message numerus="yes">
        <source> of {n} photos live</source>
        <extracomment>For exactly one: of {n} photo live</extracomment>
        <translation>
            <numerusform> von {n} Foto im Shop</numerusform>
            <numerusform> von {n} Fotos im Shop</numerusform>
        </translation>
    </message>
    <message>
        <source>Photos live</source>
        <translation>Fotos im Shop</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>etwa {time}</translation>
    </message>
    <message>
        <source>{size} to go</source>
        <translation>noch {size}</translation>
    </message>
</context>
<context>
    <name>Chips</name>
    <message>
        <source>Choose items one after the other (Ctrl+M)</source>
        <translation>Artikel der Reihe nach wählen (Strg+M)</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>Order added</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Sorted by {order}</source>
        <translation>Sortiert nach: {order}</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message numerus="yes">
        <source>{n} need an item</source>
        <extracomment>For exactly one: 1 needs an item</extracomment>
        <translation>
            <numerusform>{n} braucht einen Artikel</numerusform>
            <numerusform>{n} brauchen einen Artikel</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message numerus="yes">
        <source>Has {n} images already</source>
        <extracomment>For exactly one: Has an image already</extracomment>
        <translation>
            <numerusform>Hat schon ein Bild</numerusform>
            <numerusform>Hat schon {n} Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Leave without an item</source>
        <translation>Ohne Artikel lassen</translation>
    </message>
    <message>
        <source>Make a new item “{title}”…</source>
        <translation>Neuen Artikel „{title}“ anlegen…</translation>
    </message>
    <message>
        <source>No image yet</source>
        <translation>Noch kein Bild</translation>
    </message>
</context>
<context>
    <name>CropBox</name>
    <message>
        <source>Arrow keys move the crop.</source>
        <translation>Die Pfeiltasten verschieben den Zuschnitt.</translation>
    </message>
    <message>
        <source>Photo with its crop</source>
        <translation>Foto mit seinem Zuschnitt</translation>
    </message>
    <message>
        <source>{left} cut at the left, {right} at the right</source>
        <translation>{left} links abgeschnitten, {right} rechts</translation>
    </message>
    <message>
        <source>{top} cut at the top, {bottom} at the bottom</source>
        <translation>{top} oben abgeschnitten, {bottom} unten</translation>
    </message>
</context>
<context>
    <name>Diagnostics</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copied. Paste it into your message.</source>
        <translation>Kopiert. In die Nachricht einfügen.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Diagnose kopieren</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Sieht nach…</translation>
    </message>
    <message>
        <source>Versions, settings, counts and the end of the log, for whoever helps you. Passwords, keys and addresses are left out. Nothing is sent: look through it, copy it, and paste it into your message.</source>
        <translation>Versionen, Einstellungen, Zahlen und das Ende des Protokolls, für alle, die helfen. Passwörter, Schlüssel und Adressen bleiben draußen. Nichts wird gesendet: durchsehen, kopieren und in die Nachricht einfügen.</translation>
    </message>
    <message>
        <source>What will be copied</source>
        <translation>Was kopiert wird</translation>
    </message>
    <message>
        <source>With the names of photos</source>
        <translation>Mit den Namen der Fotos</translation>
    </message>
</context>
<context>
    <name>Empty</name>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner auswählen…</translation>
    </message>
    <message>
        <source>Choose photos…</source>
        <translation>Fotos auswählen…</translation>
    </message>
    <message>
        <source>Drop photos or folders here</source>
        <translation>Fotos oder Ordner hier ablegen</translation>
    </message>
    <message>
        <source>Name a photo after a SKU or a title and it finds its item by itself.</source>
        <translation>Heißt ein Foto wie eine Artikelnummer oder ein Titel, findet es seinen Artikel selbst.</translation>
    </message>
    <message>
        <source>Sign in to your store first: photos find their items there.</source>
        <translation>Zuerst beim Shop anmelden: Dort finden die Fotos ihre Artikel.</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden…</translation>
    </message>
    <message>
        <source>The store</source>
        <translation>Der Shop</translation>
    </message>
    <message>
        <source>Three steps to your first photos in the shop</source>
        <translation>Drei Schritte zu den ersten Fotos im Shop</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>You see how the shop will crop them before anything is sent.</source>
        <translation>Wie der Shop sie zuschneidet, ist zu sehen, bevor etwas gesendet wird.</translation>
    </message>
    <message>
        <source>or paste with {keys}</source>
        <translation>oder mit {keys} einfügen</translation>
    </message>
    <message>
        <source>{store} takes {kinds} and {last}, up to {size} and {pixels} megapixels each.</source>
        <translation>{store} nimmt {kinds} und {last}, je bis {size} und {pixels} Megapixel.</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>GPS</source>
        <translation>GPS</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Vorhanden</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Was sent</source>
        <translation>Wurde gesendet</translation>
    </message>
    <message>
        <source>Will be removed</source>
        <translation>Wird entfernt</translation>
    </message>
    <message>
        <source>Will be sent</source>
        <translation>Wird gesendet</translation>
    </message>
    <message>
        <source>{pixels}, padded</source>
        <translation>{pixels}, mit Rand</translation>
    </message>
    <message>
        <source>{pixels}, turned</source>
        <translation>{pixels}, gedreht</translation>
    </message>
    <message>
        <source>{pixels}, upright</source>
        <translation>{pixels}, aufrecht</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation>Fotos hinzufügen</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>Zertifikate</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Replace {name}</source>
        <translation>{name} ersetzen</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>There is no photo in the clipboard.</source>
        <translation>In der Zwischenablage ist kein Foto.</translation>
    </message>
</context>
<context>
    <name>FirstSteps</name>
    <message>
        <source>A photo turns green when the shop really shows it.</source>
        <translation>Ein Foto wird grün, wenn der Shop es wirklich zeigt.</translation>
    </message>
    <message>
        <source>Connect your store</source>
        <translation>Shop verbinden</translation>
    </message>
    <message>
        <source>Connected to {store}</source>
        <translation>Verbunden mit {store}</translation>
    </message>
    <message>
        <source>Drop photos or folders here</source>
        <translation>Fotos oder Ordner hier ablegen</translation>
    </message>
    <message>
        <source>Its address, and your e-mail and password there.</source>
        <translation>Seine Adresse, dazu E-Mail und Passwort dort.</translation>
    </message>
    <message>
        <source>Named after a SKU or a title, they find their items.</source>
        <translation>Nach Artikelnummer oder Titel benannt, finden sie ihre Artikel.</translation>
    </message>
    <message>
        <source>Photos find their items in its catalogue.</source>
        <translation>Fotos finden ihre Artikel in seinem Katalog.</translation>
    </message>
    <message>
        <source>Press Upload</source>
        <translation>Auf Hochladen klicken</translation>
    </message>
    <message>
        <source>They are shown as soon as the list is empty.</source>
        <translation>Sie erscheinen, sobald die Liste leer ist.</translation>
    </message>
</context>
<context>
    <name>Groups</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Im Shop</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Zu klären</translation>
    </message>
    <message>
        <source>Processing</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Uploading</source>
        <translation>Lädt hoch</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>About Store Uploader</source>
        <translation>Über Store Uploader</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Check for updates…</source>
        <translation>Nach Updates suchen…</translation>
    </message>
    <message>
        <source>Contents of the guide</source>
        <translation>Inhalt des Handbuchs</translation>
    </message>
    <message>
        <source>Copy diagnostics…</source>
        <translation>Diagnose kopieren…</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Page of the guide</source>
        <translation>Seite des Handbuchs</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>Im Handbuch suchen</translation>
    </message>
    <message>
        <source>Show the log folder</source>
        <translation>Ordner mit dem Protokoll zeigen</translation>
    </message>
    <message>
        <source>The folder can’t be opened.</source>
        <translation>Der Ordner lässt sich nicht öffnen.</translation>
    </message>
    <message>
        <source>The guide can’t be read. Install the app again.</source>
        <translation>Das Handbuch lässt sich nicht lesen. Die App neu installieren.</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>After {time}</source>
        <translation>Nach {time}</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Already there</source>
        <translation>Schon da</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Every photo that you upload gets a line here, for good.</source>
        <translation>Jedes hochgeladene Foto bekommt hier eine Zeile, die bleibt.</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>Als CSV exportieren…</translation>
    </message>
    <message>
        <source>Export the history</source>
        <translation>Verlauf exportieren</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>In your browser, where you need to be signed in to the store</source>
        <translation>Im Browser; dort ist eine Anmeldung beim Shop nötig</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Artikel</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Im Shop</translation>
    </message>
    <message>
        <source>No browser could be opened.</source>
        <translation>Es ließ sich kein Browser öffnen.</translation>
    </message>
    <message>
        <source>No photo fits</source>
        <translation>Kein Foto passt</translation>
    </message>
    <message>
        <source>Nothing has been sent yet</source>
        <translation>Noch nichts gesendet</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Photos that were sent</source>
        <translation>Gesendete Fotos</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Search for a file, an item, a SKU or a store number.</source>
        <translation>Nach Datei, Artikel, Artikelnummer oder Nummer im Shop suchen.</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Verlauf durchsuchen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Show file</source>
        <translation>Datei zeigen</translation>
    </message>
    <message>
        <source>Show in store</source>
        <translation>Im Shop zeigen</translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation>Steht</translation>
    </message>
    <message>
        <source>Store number</source>
        <translation>Nummer im Shop</translation>
    </message>
    <message>
        <source>Taken off the list before the store was done</source>
        <translation>Von der Liste genommen, bevor der Shop fertig war</translation>
    </message>
    <message>
        <source>The folder can’t be opened.</source>
        <translation>Der Ordner lässt sich nicht öffnen.</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>history {date}</source>
        <translation>Verlauf {date}</translation>
    </message>
    <message numerus="yes">
        <source>{n} photos</source>
        <extracomment>For exactly one: {n} photo</extracomment>
        <translation>
            <numerusform>{n} Foto</numerusform>
            <numerusform>{n} Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Alt text</source>
        <translation>Alternativtext</translation>
    </message>
    <message>
        <source>Centre on the product</source>
        <translation>Aufs Produkt ausrichten</translation>
    </message>
    <message>
        <source>Choose a photo to see how the shop crops it.</source>
        <translation>Ein Foto auswählen, um seinen Zuschnitt im Shop zu sehen.</translation>
    </message>
    <message>
        <source>Drag the frame to choose what the square keeps.</source>
        <translation>Rahmen ziehen: Was er zeigt, bleibt im Quadrat.</translation>
    </message>
    <message>
        <source>Drag the frame.</source>
        <translation>Rahmen ziehen.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Nächstes Foto</translation>
    </message>
    <message>
        <source>No item yet</source>
        <translation>Noch kein Artikel</translation>
    </message>
    <message>
        <source>Pad to a square</source>
        <translation>Zum Quadrat ergänzen</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>Voriges Foto</translation>
    </message>
    <message>
        <source>Reset to centre</source>
        <translation>Zur Mitte</translation>
    </message>
    <message>
        <source>The {style} cuts the product.</source>
        <translation>Der Zuschnitt {style} kappt das Produkt.</translation>
    </message>
    <message>
        <source>This store crops the centre.</source>
        <translation>Dieser Shop schneidet die Mitte aus.</translation>
    </message>
</context>
<context>
    <name>ItemChoice</name>
    <message>
        <source>{n} of {all}</source>
        <translation>{n} von {all}</translation>
    </message>
</context>
<context>
    <name>ItemEditor</name>
    <message>
        <source>Item</source>
        <translation>Artikel</translation>
    </message>
    <message numerus="yes">
        <source>Which item are these {n} photos?</source>
        <extracomment>For exactly one: Which item is this photo?</extracomment>
        <translation>
            <numerusform>Welcher Artikel ist dieses Foto?</numerusform>
            <numerusform>Welcher Artikel sind diese {n} Fotos?</numerusform>
        </translation>
    </message>
    <message>
        <source>Which item is {name}?</source>
        <translation>Welcher Artikel ist {name}?</translation>
    </message>
</context>
<context>
    <name>ItemPopup</name>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Artikel</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Umschalt+Enter</translation>
    </message>
    <message>
        <source>and next</source>
        <translation>und weiter</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>wählen</translation>
    </message>
    <message>
        <source>close</source>
        <translation>schließen</translation>
    </message>
    <message>
        <source>move</source>
        <translation>bewegen</translation>
    </message>
</context>
<context>
    <name>Matching</name>
    <message>
        <source>A CSV file with a column of names and one of SKUs.</source>
        <translation>Eine CSV-Datei mit einer Spalte für Namen und einer für Artikelnummern.</translation>
    </message>
    <message>
        <source>Asked from top to bottom; the first rule that finds something decides.</source>
        <translation>Von oben nach unten gefragt; die erste Regel, die etwas findet, entscheidet.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose a table of names and SKUs</source>
        <translation>Tabelle mit Namen und Artikelnummern wählen</translation>
    </message>
    <message>
        <source>Choose a table…</source>
        <translation>Tabelle wählen…</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>Gefunden durch</translation>
    </message>
    <message>
        <source>How photos find their items</source>
        <translation>Wie Fotos ihre Artikel finden</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Artikel</translation>
    </message>
    <message>
        <source>List of names</source>
        <translation>Namensliste</translation>
    </message>
    <message>
        <source>Matching</source>
        <translation>Zuordnung</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>None chosen</source>
        <translation>Keine gewählt</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Rules, in the order they are asked</source>
        <translation>Regeln in der Reihenfolge, in der sie gefragt werden</translation>
    </message>
    <message>
        <source>Save and match</source>
        <translation>Sichern und zuordnen</translation>
    </message>
    <message>
        <source>The store’s items aren’t known yet. Sign in first.</source>
        <translation>Die Artikel des Shops sind noch nicht bekannt. Zuerst anmelden.</translation>
    </message>
    <message>
        <source>The usual rules</source>
        <translation>Die üblichen Regeln</translation>
    </message>
    <message>
        <source>What the rules would do</source>
        <translation>Was die Regeln täten</translation>
    </message>
    <message>
        <source>What you chose yourself is never changed.</source>
        <translation>Selbst Gewähltes bleibt immer.</translation>
    </message>
    <message>
        <source>{all}: {parts}</source>
        <translation>{all}: {parts}</translation>
    </message>
    <message numerus="yes">
        <source>{n} ambiguous</source>
        <extracomment>For exactly one: 1 ambiguous</extracomment>
        <translation>
            <numerusform>{n} mehrdeutig</numerusform>
            <numerusform>{n} mehrdeutig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} fit nothing</source>
        <extracomment>For exactly one: 1 fits nothing</extracomment>
        <translation>
            <numerusform>{n} passt zu nichts</numerusform>
            <numerusform>{n} passen zu nichts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} matched</source>
        <extracomment>For exactly one: 1 matched</extracomment>
        <translation>
            <numerusform>{n} zugeordnet</numerusform>
            <numerusform>{n} zugeordnet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} names</source>
        <extracomment>For exactly one: 1 name</extracomment>
        <translation>
            <numerusform>{n} Name</numerusform>
            <numerusform>{n} Namen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photos</source>
        <extracomment>For exactly one: 1 photo</extracomment>
        <translation>
            <numerusform>{n} Foto</numerusform>
            <numerusform>{n} Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MoreMenu</name>
    <message>
        <source>Add from the clipboard</source>
        <translation>Aus der Zwischenablage hinzufügen</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Check batch…</source>
        <translation>Stapel prüfen…</translation>
    </message>
    <message>
        <source>Check before uploading</source>
        <translation>Vor dem Hochladen prüfen</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Fertige entfernen</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Find items one by one…</source>
        <translation>Artikel einzeln suchen…</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>Verlauf…</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Match again</source>
        <translation>Neu zuordnen</translation>
    </message>
    <message>
        <source>Matching…</source>
        <translation>Zuordnung…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Remove location and camera data</source>
        <translation>Standort- und Kameradaten entfernen</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
</context>
<context>
    <name>NewItems</name>
    <message>
        <source>An item is made with its first upload. One that is called so already is used.</source>
        <translation>Ein Artikel entsteht mit seinem ersten Foto. Heißt schon einer so, wird er genommen.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>New item</source>
        <translation>Neuer Artikel</translation>
    </message>
    <message>
        <source>New items</source>
        <translation>Neue Artikel</translation>
    </message>
    <message>
        <source>New items and their photos</source>
        <translation>Neue Artikel und ihre Fotos</translation>
    </message>
    <message numerus="yes">
        <source>New items for {n} photos</source>
        <extracomment>For exactly one: A new item for 1 photo</extracomment>
        <translation>
            <numerusform>Ein neuer Artikel für {n} Foto</numerusform>
            <numerusform>Neue Artikel für {n} Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>One for all</source>
        <translation>Einer für alle</translation>
    </message>
    <message>
        <source>One for each name</source>
        <translation>Einer je Name</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message numerus="yes">
        <source>Use {n} new items</source>
        <extracomment>For exactly one: Use 1 new item</extracomment>
        <translation>
            <numerusform>{n} neuen Artikel nehmen</numerusform>
            <numerusform>{n} neue Artikel nehmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photos</source>
        <extracomment>For exactly one: 1 photo</extracomment>
        <translation>
            <numerusform>{n} Foto</numerusform>
            <numerusform>{n} Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>News</name>
    <message numerus="yes">
        <source>{n} photos are live.</source>
        <extracomment>For exactly one: {n} photo is live.</extracomment>
        <translation>
            <numerusform>{n} Foto ist im Shop.</numerusform>
            <numerusform>{n} Fotos sind im Shop.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photos need you.</source>
        <extracomment>For exactly one: {n} photo needs you.</extracomment>
        <translation>
            <numerusform>{n} Foto braucht eine Entscheidung.</numerusform>
            <numerusform>{n} Fotos brauchen eine Entscheidung.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photos wait for you to sign in.</source>
        <extracomment>For exactly one: {n} photo waits for you to sign in.</extracomment>
        <translation>
            <numerusform>{n} Foto wartet auf die Anmeldung.</numerusform>
            <numerusform>{n} Fotos warten auf die Anmeldung.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Show file</source>
        <translation>Datei zeigen</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>{n} B</source>
        <translation>{n} B</translation>
    </message>
    <message>
        <source>{n} GB</source>
        <translation>{n} GB</translation>
    </message>
    <message>
        <source>{n} MB</source>
        <translation>{n} MB</translation>
    </message>
    <message>
        <source>{n} TB</source>
        <translation>{n} TB</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} h</translation>
    </message>
    <message>
        <source>{n} kB</source>
        <translation>{n} kB</translation>
    </message>
    <message>
        <source>{n} million</source>
        <translation>{n} Millionen</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>{n}&#x202f;%</source>
        <translation>{n}&#x202f;%</translation>
    </message>
    <message>
        <source>{part} of {whole}</source>
        <translation>{part} von {whole}</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <translation>{size}/s</translation>
    </message>
</context>
<context>
    <name>Offer</name>
    <message>
        <source>Drop to add this picture</source>
        <translation>Ablegen, um dieses Bild hinzuzufügen</translation>
    </message>
    <message>
        <source>Drop to add {folders}</source>
        <translation>Ablegen, um {folders} hinzuzufügen</translation>
    </message>
    <message>
        <source>Drop to add {photos}</source>
        <translation>Ablegen, um {photos} hinzuzufügen</translation>
    </message>
    <message>
        <source>Drop to add {photos} and {folders}</source>
        <translation>Ablegen, um {photos} und {folders} hinzuzufügen</translation>
    </message>
    <message>
        <source>Nothing is sent until you press Upload.</source>
        <translation>Gesendet wird erst mit Hochladen.</translation>
    </message>
    <message numerus="yes">
        <source>{n} folders</source>
        <extracomment>For exactly one: 1 folder</extracomment>
        <translation>
            <numerusform>{n} Ordner</numerusform>
            <numerusform>{n} Ordner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} other files aren’t photos and stay out.</source>
        <extracomment>For exactly one: 1 other file isn’t a photo and stays out.</extracomment>
        <translation>
            <numerusform>Eine andere Datei ist kein Foto und bleibt draußen.</numerusform>
            <numerusform>{n} andere Dateien sind keine Fotos und bleiben draußen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photos</source>
        <extracomment>For exactly one: 1 photo</extracomment>
        <translation>
            <numerusform>{n} Foto</numerusform>
            <numerusform>{n} Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Offline</name>
    <message>
        <source>Next try in {time}</source>
        <translation>Neuer Versuch in {time}</translation>
    </message>
    <message>
        <source>Offline since {time}.</source>
        <translation>Offline seit {time}.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>Versucht es…</translation>
    </message>
    <message numerus="yes">
        <source>{n} photos wait and will be sent by themselves.</source>
        <extracomment>For exactly one: 1 photo waits and will be sent by itself.</extracomment>
        <translation>
            <numerusform>Ein Foto wartet und wird von selbst gesendet.</numerusform>
            <numerusform>{n} Fotos warten und werden von selbst gesendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photos wait until you resume.</source>
        <extracomment>For exactly one: 1 photo waits until you resume.</extracomment>
        <translation>
            <numerusform>Ein Foto wartet, bis es weitergeht.</numerusform>
            <numerusform>{n} Fotos warten, bis es weitergeht.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parting</name>
    <message>
        <source>Until next time</source>
        <translation>Bis zum nächsten Mal</translation>
    </message>
    <message numerus="yes">
        <source>{n} photos are half sent; they go on when you start again.</source>
        <extracomment>For exactly one: 1 photo is half sent; it goes on when you start again.</extracomment>
        <translation>
            <numerusform>Ein Foto ist halb gesendet; es geht beim nächsten Start weiter.</numerusform>
            <numerusform>{n} Fotos sind halb gesendet; sie gehen beim nächsten Start weiter.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoList</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Alt text…</source>
        <translation>Alternativtext…</translation>
    </message>
    <message>
        <source>It takes the place of another picture.</source>
        <translation>Es ersetzt ein anderes Bild.</translation>
    </message>
    <message>
        <source>Only what isn’t sent yet can be changed.</source>
        <translation>Nur was noch nicht gesendet ist, lässt sich ändern.</translation>
    </message>
    <message>
        <source>Pad to a square</source>
        <translation>Zum Quadrat ergänzen</translation>
    </message>
    <message>
        <source>Rotate left</source>
        <translation>Nach links drehen</translation>
    </message>
    <message>
        <source>Rotate right</source>
        <translation>Nach rechts drehen</translation>
    </message>
    <message>
        <source>This store doesn’t pad pictures.</source>
        <translation>Dieser Shop ergänzt keine Bilder.</translation>
    </message>
    <message>
        <source>This store doesn’t turn pictures.</source>
        <translation>Dieser Shop dreht keine Bilder.</translation>
    </message>
    <message>
        <source>This store puts new pictures last.</source>
        <translation>Dieser Shop stellt neue Bilder ans Ende.</translation>
    </message>
</context>
<context>
    <name>PlaceField</name>
    <message>
        <source>Last</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>among the pictures of its item</source>
        <translation>unter den Bildern seines Artikels</translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose item…</source>
        <translation>Artikel auswählen…</translation>
    </message>
    <message>
        <source>Copy file path</source>
        <translation>Dateipfad kopieren</translation>
    </message>
    <message>
        <source>New items from names…</source>
        <translation>Neue Artikel aus Namen…</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Von der Liste nehmen</translation>
    </message>
    <message>
        <source>Replace file…</source>
        <translation>Datei ersetzen…</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Jetzt erneut versuchen</translation>
    </message>
    <message>
        <source>Send after all</source>
        <translation>Doch senden</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Hochladen</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>A table says which SKU a file name has.</source>
        <translation>Eine Tabelle nennt die Nummer zum Dateinamen.</translation>
    </message>
    <message>
        <source>Fits nothing</source>
        <translation>Passt zu nichts</translation>
    </message>
    <message>
        <source>Name and title begin alike</source>
        <translation>Name und Titel beginnen gleich</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>SKU at its start</source>
        <translation>Nummer am Anfang</translation>
    </message>
    <message>
        <source>TOY-50 front.jpg is TOY-50. TOY-501.jpg never is.</source>
        <translation>TOY-50 vorn.jpg ist TOY-50. TOY-501.jpg ist es nie.</translation>
    </message>
    <message>
        <source>TOY-50/IMG_4471.jpg is TOY-50.</source>
        <translation>TOY-50/IMG_4471.jpg ist TOY-50.</translation>
    </message>
    <message>
        <source>TOY-50_2.jpg is the second photo of TOY-50.</source>
        <translation>TOY-50_2.jpg ist das zweite Foto von TOY-50.</translation>
    </message>
    <message>
        <source>The folder is called like the SKU</source>
        <translation>Der Ordner heißt wie die Artikelnummer</translation>
    </message>
    <message>
        <source>The name begins with the SKU</source>
        <translation>Der Name beginnt mit der Artikelnummer</translation>
    </message>
    <message>
        <source>The name is the SKU</source>
        <translation>Der Name ist die Artikelnummer</translation>
    </message>
    <message>
        <source>The name is the title</source>
        <translation>Der Name ist der Titel</translation>
    </message>
    <message>
        <source>Your list of names</source>
        <translation>Eigene Namensliste</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>frying-pan_2.jpg is the second photo of “Frying pan”.</source>
        <translation>bratpfanne_2.jpg ist das zweite Foto von „Bratpfanne“.</translation>
    </message>
    <message>
        <source>mug.jpg fits “Mug, blue” and “Mug, sand”: you are asked.</source>
        <translation>becher.jpg: „Becher, blau“ oder „Becher, sand“?</translation>
    </message>
    <message>
        <source>stays as it is</source>
        <translation>bleibt, wie es ist</translation>
    </message>
    <message>
        <source>title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>title at its start</source>
        <translation>Titel am Anfang</translation>
    </message>
    <message>
        <source>your list</source>
        <translation>eigene Liste</translation>
    </message>
    <message numerus="yes">
        <source>{n} items fit</source>
        <extracomment>For exactly one: 1 item fits</extracomment>
        <translation>
            <numerusform>{n} Artikel passt</numerusform>
            <numerusform>{n} Artikel passen</numerusform>
        </translation>
    </message>
    <message>
        <source>{rule}, place {n}</source>
        <translation>{rule}, Platz {n}</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search photos and items</source>
        <translation>Fotos und Artikel suchen</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Added; item found by {by}</source>
        <translation>Hinzugefügt; Artikel {by} erkannt</translation>
    </message>
    <message>
        <source>Added; no item fits the file name</source>
        <translation>Hinzugefügt; kein Artikel passt zum Dateinamen</translation>
    </message>
    <message>
        <source>Another file was chosen</source>
        <translation>Eine andere Datei wurde ausgewählt</translation>
    </message>
    <message>
        <source>Another program has it open. It goes on by itself when that has finished.</source>
        <translation>Ein anderes Programm hat sie geöffnet. Sobald es fertig ist, geht es von selbst weiter.</translation>
    </message>
    <message>
        <source>Another program has the list of photos open</source>
        <translation>Ein anderes Programm hat die Fotoliste geöffnet</translation>
    </message>
    <message>
        <source>Ask whoever runs the store to make room.</source>
        <translation>Den Betreiber des Shops bitten, Platz zu schaffen.</translation>
    </message>
    <message>
        <source>Ask whoever runs {store_name} to make it one, or sign in with another account.</source>
        <translation>Den Betreiber von {store_name} um die Rechte bitten oder mit einem anderen Konto anmelden.</translation>
    </message>
    <message>
        <source>Can’t be used: {sentence}</source>
        <translation>Nicht verwendbar: {sentence}</translation>
    </message>
    <message>
        <source>Check both; capitals count in the password.</source>
        <translation>Beides prüfen; beim Passwort zählt die Großschreibung.</translation>
    </message>
    <message>
        <source>Check it for typing errors; it looks like my.shop.</source>
        <translation>Auf Tippfehler prüfen; sie sieht aus wie mein.shop.</translation>
    </message>
    <message>
        <source>Check that you may change what starts with your account.</source>
        <translation>Prüfen, ob geändert werden darf, was mit dem Konto startet.</translation>
    </message>
    <message>
        <source>Check that you may write to this folder, or choose another.</source>
        <translation>Prüfen, ob in diesen Ordner geschrieben werden darf, oder einen anderen auswählen.</translation>
    </message>
    <message>
        <source>Check the address.</source>
        <translation>Die Adresse prüfen.</translation>
    </message>
    <message>
        <source>Check the proxy’s settings.</source>
        <translation>Die Einstellungen des Proxys prüfen.</translation>
    </message>
    <message>
        <source>Check this computer’s clock, then try again.</source>
        <translation>Die Uhr dieses Computers prüfen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Choose Replace again when it is online.</source>
        <translation>Ersetzen erneut wählen, sobald er online ist.</translation>
    </message>
    <message>
        <source>Close Store Uploader and open it again: what can be read is carried over.</source>
        <translation>Store Uploader schließen und wieder öffnen: Was lesbar ist, wird übernommen.</translation>
    </message>
    <message>
        <source>Connect its drive or put it back, and new photos in it are added again.</source>
        <translation>Laufwerk anschließen oder Ordner zurücklegen, dann kommen neue Fotos darin wieder dazu.</translation>
    </message>
    <message>
        <source>E-mail and password don’t fit</source>
        <translation>E-Mail und Passwort passen nicht zusammen</translation>
    </message>
    <message>
        <source>Eight</source>
        <translation>Acht</translation>
    </message>
    <message>
        <source>Five</source>
        <translation>Fünf</translation>
    </message>
    <message>
        <source>Four</source>
        <translation>Vier</translation>
    </message>
    <message>
        <source>Install the newest Store Uploader to open it. Nothing was changed.</source>
        <translation>Zum Öffnen den neuesten Store Uploader installieren. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>It arrived damaged</source>
        <translation>Beschädigt angekommen</translation>
    </message>
    <message>
        <source>It asks to wait a moment; nothing is lost.</source>
        <translation>Er bittet um einen Moment Geduld; nichts ist verloren.</translation>
    </message>
    <message>
        <source>It can’t be sent from here</source>
        <translation>Von hier nicht zu senden</translation>
    </message>
    <message>
        <source>It gave no reason. Ask whoever runs the store.</source>
        <translation>Er nannte keinen Grund. Den Betreiber des Shops fragen.</translation>
    </message>
    <message>
        <source>It goes on from there.</source>
        <translation>Von da geht es weiter.</translation>
    </message>
    <message>
        <source>It had arrived already</source>
        <translation>Schon angekommen</translation>
    </message>
    <message>
        <source>It has to begin with https://. Change it in the settings.</source>
        <translation>Sie muss mit https:// beginnen. In den Einstellungen lässt sie sich ändern.</translation>
    </message>
    <message>
        <source>It holds no certificate of an authority, or can’t be read. Ask for it as a PEM file.</source>
        <translation>Sie enthält kein Zertifikat einer Zertifizierungsstelle oder ist nicht lesbar. Als PEM-Datei anfordern.</translation>
    </message>
    <message>
        <source>It holds no key to check an answer with. Ask whoever gave it to you.</source>
        <translation>Sie enthält keinen Schlüssel, um eine Antwort zu prüfen. Fragen hilft bei denen, von denen sie stammt.</translation>
    </message>
    <message>
        <source>It is a link to a place that isn’t there. Connect its drive, then try again.</source>
        <translation>Sie verweist auf einen Ort, den es nicht gibt. Das Laufwerk verbinden, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>It is looked for again in a while.</source>
        <translation>Nach einer Weile wird wieder nachgesehen.</translation>
    </message>
    <message>
        <source>It is sent again in a while.</source>
        <translation>Wird nach einer Weile erneut gesendet.</translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation>Wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>It is tried again in a while.</source>
        <translation>Wird nach einer Weile erneut versucht.</translation>
    </message>
    <message>
        <source>It is tried again in a while; nothing is lost.</source>
        <translation>Wird nach einer Weile erneut versucht; nichts ist verloren.</translation>
    </message>
    <message>
        <source>It isn’t known whether a newer version is out</source>
        <translation>Ob es eine neuere Version gibt, ist nicht bekannt</translation>
    </message>
    <message>
        <source>It isn’t signed by the makers of Store Uploader. Nothing was taken over.</source>
        <translation>Sie ist nicht von den Machern von Store Uploader unterschrieben. Nichts wurde übernommen.</translation>
    </message>
    <message>
        <source>It isn’t {host}’s store. Perhaps this network wants you to sign in to it first.</source>
        <translation>Es ist nicht der Shop von {host}. Vielleicht verlangt dieses Netz zuerst eine Anmeldung.</translation>
    </message>
    <message>
        <source>It may be in the store already: the store is asked first</source>
        <translation>Vielleicht schon im Shop: Der Shop wird zuerst gefragt</translation>
    </message>
    <message>
        <source>It may be meant for a newer version. Look at the page you have Store Uploader from.</source>
        <translation>Vielleicht ist sie für eine neuere Version gedacht. Ein Blick auf die Seite, von der Store Uploader stammt, hilft.</translation>
    </message>
    <message>
        <source>It may have arrived</source>
        <translation>Vielleicht angekommen</translation>
    </message>
    <message>
        <source>It may have arrived, so it is looked for in the store before it is sent again.</source>
        <translation>Vielleicht angekommen: Vor erneutem Senden wird im Shop nachgesehen.</translation>
    </message>
    <message>
        <source>It may have arrived, so the store is asked first. Cancel again once that is known.</source>
        <translation>Vielleicht angekommen, darum wird zuerst der Shop gefragt. Danach noch einmal abbrechen.</translation>
    </message>
    <message>
        <source>It no longer counts. Check this computer’s clock, or try again later.</source>
        <translation>Sie gilt nicht mehr. Die Uhr dieses Computers prüfen oder es später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>It was in the store before you cancelled. You can delete it there.</source>
        <translation>Es war vor dem Abbrechen im Shop. Dort lässt es sich löschen.</translation>
    </message>
    <message>
        <source>Its crops aren’t there</source>
        <translation>Die Zuschnitte fehlen</translation>
    </message>
    <message>
        <source>Keep the card or stick connected until its photos are live, or make room on this disk.</source>
        <translation>Karte oder Stick angeschlossen lassen, bis die Fotos im Shop sind, oder auf diesem Laufwerk Platz schaffen.</translation>
    </message>
    <message>
        <source>Larger than {max_bytes}.</source>
        <translation>Größer als {max_bytes}.</translation>
    </message>
    <message>
        <source>Line {line} has a quotation mark in the wrong place.</source>
        <translation>In Zeile {line} steht ein Anführungszeichen an der falschen Stelle.</translation>
    </message>
    <message>
        <source>Line {line} has no SKU.</source>
        <translation>Zeile {line} hat keine Artikelnummer.</translation>
    </message>
    <message>
        <source>Line {line} has no file name.</source>
        <translation>Zeile {line} hat keinen Dateinamen.</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Im Shop</translation>
    </message>
    <message>
        <source>Live. Both crops match their previews</source>
        <translation>Im Shop. Beide Zuschnitte gleichen der Vorschau</translation>
    </message>
    <message>
        <source>Live. The store’s crops differ from their previews</source>
        <translation>Im Shop. Die Zuschnitte weichen von der Vorschau ab</translation>
    </message>
    <message>
        <source>Live. The store’s crops were fetched</source>
        <translation>Im Shop. Die Zuschnitte wurden abgeholt</translation>
    </message>
    <message>
        <source>Looked in the store: it had arrived</source>
        <translation>Im Shop nachgesehen: angekommen</translation>
    </message>
    <message>
        <source>Looked in the store: not there yet, looks again in {seconds} s</source>
        <translation>Im Shop nachgesehen: noch nicht da, sieht in {seconds} s wieder nach</translation>
    </message>
    <message>
        <source>Looked in the store: not there, safe to send</source>
        <translation>Im Shop nachgesehen: nicht da, Senden ist sicher</translation>
    </message>
    <message>
        <source>Nine</source>
        <translation>Neun</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Kein</translation>
    </message>
    <message>
        <source>No address yet</source>
        <translation>Noch keine Adresse</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>No answer after {sent}</source>
        <translation>Keine Antwort nach {sent}</translation>
    </message>
    <message>
        <source>No answer has counted for two months. Look at the page you have Store Uploader from.</source>
        <translation>Seit zwei Monaten galt keine Antwort. Ein Blick auf die Seite, von der Store Uploader stammt, hilft.</translation>
    </message>
    <message>
        <source>No longer in the store</source>
        <translation>Nicht mehr im Shop</translation>
    </message>
    <message>
        <source>No reason given</source>
        <translation>Kein Grund genannt</translation>
    </message>
    <message>
        <source>No room for copies</source>
        <translation>Kein Platz für Kopien</translation>
    </message>
    <message>
        <source>No secure connection</source>
        <translation>Keine sichere Verbindung</translation>
    </message>
    <message>
        <source>No store at this address</source>
        <translation>Kein Shop unter dieser Adresse</translation>
    </message>
    <message>
        <source>No store is known as {name}. Sign in to it once</source>
        <translation>Kein Shop namens {name} bekannt. Einmal bei ihm anmelden</translation>
    </message>
    <message>
        <source>No such picture</source>
        <translation>Kein solches Bild</translation>
    </message>
    <message>
        <source>No way to the store</source>
        <translation>Kein Weg zum Shop</translation>
    </message>
    <message>
        <source>No word from the store</source>
        <translation>Nichts vom Shop gehört</translation>
    </message>
    <message>
        <source>Nobody answers</source>
        <translation>Niemand antwortet</translation>
    </message>
    <message>
        <source>Nobody answers in time</source>
        <translation>Niemand antwortet rechtzeitig</translation>
    </message>
    <message>
        <source>Nobody this computer trusts vouches for the certificate of {host}.</source>
        <translation>Niemand, dem dieser Computer vertraut, bürgt für das Zertifikat von {host}.</translation>
    </message>
    <message>
        <source>Not cancelled yet</source>
        <translation>Noch nicht abgebrochen</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Not in the store yet, so it will be sent again.</source>
        <translation>Noch nicht im Shop, wird erneut gesendet.</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>Nothing answers at {host} just now. Wait a moment, or check the address.</source>
        <translation>Unter {host} antwortet gerade nichts. Kurz warten oder die Adresse prüfen.</translation>
    </message>
    <message>
        <source>Nothing heard for {seconds} s</source>
        <translation>Seit {seconds} s nichts gehört</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>Nichts gesendet.</translation>
    </message>
    <message>
        <source>One</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>One file isn’t a photo and stays out.</source>
        <translation>Eine Datei ist kein Foto und bleibt draußen.</translation>
    </message>
    <message>
        <source>One line was saved in {name}.</source>
        <translation>Eine Zeile wurde in {name} gespeichert.</translation>
    </message>
    <message>
        <source>One more line can’t be used.</source>
        <translation>Eine weitere Zeile ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>One photo is in the list already.</source>
        <translation>Ein Foto ist schon in der Liste.</translation>
    </message>
    <message>
        <source>Only {width} × {height} pixels: “{name}” will look blurred.</source>
        <translation>Nur {width} × {height} Pixel: „{name}“ wird unscharf.</translation>
    </message>
    <message>
        <source>Open Store Uploader once, so that it brings the list up to date.</source>
        <translation>Store Uploader einmal öffnen, damit er die Liste aktualisiert.</translation>
    </message>
    <message>
        <source>Perhaps this network wants you to sign in to it first. Then try again.</source>
        <translation>Vielleicht verlangt dieses Netz erst eine Anmeldung. Danach noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Processing failed: {title}</source>
        <translation>Bearbeitung gescheitert: {title}</translation>
    </message>
    <message>
        <source>Refused by the store: {title}</source>
        <translation>Vom Shop abgelehnt: {title}</translation>
    </message>
    <message>
        <source>Refused on the way to the store</source>
        <translation>Auf dem Weg zum Shop abgelehnt</translation>
    </message>
    <message>
        <source>Send a smaller version of the photo.</source>
        <translation>Eine kleinere Fassung des Fotos senden.</translation>
    </message>
    <message>
        <source>Send it as a new one.</source>
        <translation>Als neues Bild senden.</translation>
    </message>
    <message>
        <source>Sending began</source>
        <translation>Senden begonnen</translation>
    </message>
    <message>
        <source>Sending goes on</source>
        <translation>Senden fortgesetzt</translation>
    </message>
    <message>
        <source>Sent. The store is making its crops</source>
        <translation>Gesendet. Der Shop schneidet zu</translation>
    </message>
    <message>
        <source>Seven</source>
        <translation>Sieben</translation>
    </message>
    <message>
        <source>Sign in again, and it goes on by itself.</source>
        <translation>Wieder anmelden, dann geht es von selbst weiter.</translation>
    </message>
    <message>
        <source>Sign in again. If the account is no administrator any more, ask whoever runs {store_name}.</source>
        <translation>Wieder anmelden. Ist das Konto kein Administrator mehr, den Betreiber von {store_name} fragen.</translation>
    </message>
    <message>
        <source>Sign in again; the photos wait and go on by themselves.</source>
        <translation>Wieder anmelden; die Fotos warten und gehen von selbst weiter.</translation>
    </message>
    <message>
        <source>Sign in, and waiting photos go on by themselves.</source>
        <translation>Anmelden, dann gehen wartende Fotos von selbst weiter.</translation>
    </message>
    <message>
        <source>Signed in until you quit</source>
        <translation>Angemeldet bis zum Beenden</translation>
    </message>
    <message>
        <source>Six</source>
        <translation>Sechs</translation>
    </message>
    <message>
        <source>Somebody removed it there. Send it again if it is wanted.</source>
        <translation>Jemand hat es dort entfernt. Erneut senden, wenn es gewünscht ist.</translation>
    </message>
    <message>
        <source>Something else answers</source>
        <translation>Etwas anderes antwortet</translation>
    </message>
    <message>
        <source>Something else answers at this address</source>
        <translation>Unter dieser Adresse antwortet etwas anderes</translation>
    </message>
    <message>
        <source>Something went wrong here</source>
        <translation>Hier ist etwas schiefgegangen</translation>
    </message>
    <message>
        <source>Stopped; it goes on from there</source>
        <translation>Angehalten; von da geht es weiter</translation>
    </message>
    <message>
        <source>Store Uploader is running already</source>
        <translation>Store Uploader läuft schon</translation>
    </message>
    <message>
        <source>Take the padding off again.</source>
        <translation>Den Rand wieder wegnehmen.</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>Taken back too late: it had arrived</source>
        <translation>Zu spät zurückgenommen: schon angekommen</translation>
    </message>
    <message>
        <source>Taken back; it may have arrived all the same</source>
        <translation>Zurückgenommen; vielleicht trotzdem angekommen</translation>
    </message>
    <message>
        <source>The address to ask at can’t be used</source>
        <translation>Die Adresse für Updates ist unbrauchbar</translation>
    </message>
    <message>
        <source>The answer can’t be trusted</source>
        <translation>Der Antwort ist nicht zu trauen</translation>
    </message>
    <message>
        <source>The answer is an old one</source>
        <translation>Die Antwort ist eine alte</translation>
    </message>
    <message>
        <source>The answer is from the future</source>
        <translation>Die Antwort kommt aus der Zukunft</translation>
    </message>
    <message>
        <source>The answer is out of date</source>
        <translation>Die Antwort ist veraltet</translation>
    </message>
    <message>
        <source>The answer isn’t understood</source>
        <translation>Die Antwort ist nicht zu verstehen</translation>
    </message>
    <message>
        <source>The certificate belongs to another address than {host}.</source>
        <translation>Das Zertifikat gehört zu einer anderen Adresse als {host}.</translation>
    </message>
    <message>
        <source>The certificate of {host} has expired.</source>
        <translation>Das Zertifikat von {host} ist abgelaufen.</translation>
    </message>
    <message>
        <source>The certificate of {host} isn’t valid yet. Check this computer’s clock.</source>
        <translation>Das Zertifikat von {host} gilt noch nicht. Die Uhr dieses Computers prüfen.</translation>
    </message>
    <message>
        <source>The certificate of {host} was revoked.</source>
        <translation>Das Zertifikat von {host} wurde widerrufen.</translation>
    </message>
    <message>
        <source>The connection broke</source>
        <translation>Die Verbindung brach ab</translation>
    </message>
    <message>
        <source>The connection to the store was closed.</source>
        <translation>Die Verbindung zum Shop wurde geschlossen.</translation>
    </message>
    <message>
        <source>A backup or a database tool may be at work. When it has finished, try again.</source>
        <translation>Vielleicht ist eine Datensicherung oder ein Datenbankwerkzeug am Werk. Wenn es fertig ist, erneut versuchen.</translation>
    </message>
    <message>
        <source>A newer one was seen before, so this one counts for nothing. Try again later.</source>
        <translation>Eine neuere war schon da, deshalb gilt diese nicht. Später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>A store’s address begins with https://.</source>
        <translation>Die Adresse eines Shops beginnt mit https://.</translation>
    </message>
    <message>
        <source>Ask whoever runs the store to make it one, or sign in with another account.</source>
        <translation>Den Betreiber des Shops um die Rechte bitten oder mit einem anderen Konto anmelden.</translation>
    </message>
    <message>
        <source>Item chosen: {item}</source>
        <translation>Artikel ausgewählt: {item}</translation>
    </message>
    <message>
        <source>Something in between refuses it ({status}). Ask whoever runs the store or its firewall.</source>
        <translation>Etwas dazwischen lehnt es ab ({status}). Den Betreiber des Shops oder seiner Firewall fragen.</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Der Datenträger ist voll</translation>
    </message>
    <message>
        <source>The disk is full. Make some room and save again.</source>
        <translation>Der Datenträger ist voll. Platz schaffen und erneut speichern.</translation>
    </message>
    <message>
        <source>The disk may be full. Make some room and paste it again.</source>
        <translation>Vielleicht ist der Datenträger voll. Platz schaffen und erneut einfügen.</translation>
    </message>
    <message>
        <source>The disk may be full. Make some room; nothing that was saved is lost.</source>
        <translation>Vielleicht ist der Datenträger voll. Platz schaffen; nichts Gespeichertes ist verloren.</translation>
    </message>
    <message>
        <source>The drive can’t lock files, as some network drives. Choose a folder on this computer.</source>
        <translation>Das Laufwerk kann keine Dateien sperren, wie manche Netzlaufwerke. Einen Ordner auf diesem Computer auswählen.</translation>
    </message>
    <message>
        <source>The drive that it is on may be missing or failing. Check it, then try again.</source>
        <translation>Vielleicht fehlt ihr Laufwerk oder es fällt aus. Prüfen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>The file can’t be read any more.</source>
        <translation>Die Datei ist nicht mehr lesbar.</translation>
    </message>
    <message>
        <source>The file can’t be read. Check that you may open it.</source>
        <translation>Die Datei ist nicht lesbar. Prüfen, ob sie geöffnet werden darf.</translation>
    </message>
    <message>
        <source>The file can’t be read. Its disk may have gone.</source>
        <translation>Die Datei ist nicht lesbar. Vielleicht fehlt ihr Datenträger.</translation>
    </message>
    <message>
        <source>The file has changed since it was added. Replace it to send the new one.</source>
        <translation>Die Datei hat sich seit dem Hinzufügen geändert. Ersetzen, um die neue zu senden.</translation>
    </message>
    <message>
        <source>The file is damaged: it can’t be read as {label}.</source>
        <translation>Die Datei ist beschädigt: Sie ist nicht als {label} lesbar.</translation>
    </message>
    <message>
        <source>The file is damaged: it ends half-way.</source>
        <translation>Die Datei ist beschädigt: Sie endet mittendrin.</translation>
    </message>
    <message>
        <source>The file is damaged: nothing here can decode it. Save it anew in a picture editor.</source>
        <translation>Die Datei ist beschädigt: Nichts hier kann sie entschlüsseln. In einem Bildprogramm neu speichern.</translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation>Die Datei ist leer</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>The file is gone. Put it back, or choose another.</source>
        <translation>Die Datei ist weg. Zurücklegen oder eine andere auswählen.</translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation>Die Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>The file is shorter than when it was added.</source>
        <translation>Die Datei ist kürzer als beim Hinzufügen.</translation>
    </message>
    <message>
        <source>The history can’t be saved there</source>
        <translation>Dort lässt sich der Verlauf nicht speichern</translation>
    </message>
    <message>
        <source>The history wasn’t saved</source>
        <translation>Der Verlauf wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>The keychain didn’t take the sign-in key. Unlock it and sign in again to stay signed in.</source>
        <translation>Der Schlüsselbund nahm den Anmeldeschlüssel nicht an. Entsperren und wieder anmelden, um angemeldet zu bleiben.</translation>
    </message>
    <message>
        <source>The list of photos can’t be kept here</source>
        <translation>Die Fotoliste kann hier nicht liegen</translation>
    </message>
    <message>
        <source>The list of photos can’t be opened</source>
        <translation>Die Fotoliste lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>The list of photos can’t be saved</source>
        <translation>Die Fotoliste lässt sich nicht speichern</translation>
    </message>
    <message>
        <source>The list of photos can’t be written to</source>
        <translation>In die Fotoliste lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>The list of photos is damaged</source>
        <translation>Die Fotoliste ist beschädigt</translation>
    </message>
    <message>
        <source>The list of photos isn’t as it was left: it was restored or changed. What is still to be sent is looked for in the store first.</source>
        <translation>Die Fotoliste ist nicht mehr, wie sie war: Sie wurde zurückgespielt oder geändert. Was noch zu senden ist, wird zuerst im Shop gesucht.</translation>
    </message>
    <message>
        <source>The list of photos needs a little room. Make some, then try again; nothing is lost.</source>
        <translation>Die Fotoliste braucht etwas Platz. Platz schaffen, dann erneut versuchen; nichts ist verloren.</translation>
    </message>
    <message>
        <source>The list of photos was damaged and no photo in it could be read. Add them again; the damaged file is kept as {name}.</source>
        <translation>Die Fotoliste war beschädigt und kein Foto darin lesbar. Fotos neu hinzufügen; die beschädigte Datei bleibt als {name} erhalten.</translation>
    </message>
    <message>
        <source>The list of photos was damaged. One photo was carried over; the damaged file is kept as {name}.</source>
        <translation>Die Fotoliste war beschädigt. Ein Foto wurde übernommen; die beschädigte Datei bleibt als {name} erhalten.</translation>
    </message>
    <message>
        <source>The list of photos was damaged. {count} photos were carried over; the damaged file is kept as {name}.</source>
        <translation>Die Fotoliste war beschädigt. {count} Fotos wurden übernommen; die beschädigte Datei bleibt als {name} erhalten.</translation>
    </message>
    <message>
        <source>The list of photos was made by a newer version</source>
        <translation>Die Fotoliste stammt von einer neueren Version</translation>
    </message>
    <message>
        <source>The log says more. Try again later.</source>
        <translation>Mehr steht im Protokoll. Später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The name ends in {suffix}, but this is {label}. It will do.</source>
        <translation>Der Name endet auf {suffix}, doch es ist {label}. Das genügt.</translation>
    </message>
    <message>
        <source>The number after the colon isn’t a port.</source>
        <translation>Die Zahl nach dem Doppelpunkt ist kein Port.</translation>
    </message>
    <message>
        <source>The part for {kind} isn’t installed.</source>
        <translation>Der Teil für {kind} ist nicht installiert.</translation>
    </message>
    <message>
        <source>The pasted picture can’t be saved</source>
        <translation>Das eingefügte Bild lässt sich nicht speichern</translation>
    </message>
    <message>
        <source>The photo is too large for this computer’s memory.</source>
        <translation>Das Foto ist zu groß für den Speicher dieses Computers.</translation>
    </message>
    <message>
        <source>The picture isn’t there</source>
        <translation>Das Bild ist nicht da</translation>
    </message>
    <message>
        <source>The program couldn’t look at this file. Choose another.</source>
        <translation>Das Programm konnte diese Datei nicht ansehen. Eine andere auswählen.</translation>
    </message>
    <message>
        <source>The program ended while it was sent: the store is asked first</source>
        <translation>Das Programm endete beim Senden: Der Shop wird zuerst gefragt</translation>
    </message>
    <message>
        <source>The program failed at this photo {count} times. The log says more; Retry tries again.</source>
        <translation>Das Programm scheiterte {count} Mal an diesem Foto. Mehr steht im Protokoll; erneut versuchen ist möglich.</translation>
    </message>
    <message>
        <source>The proxy doesn’t answer</source>
        <translation>Der Proxy antwortet nicht</translation>
    </message>
    <message>
        <source>The store broke down while it answered</source>
        <translation>Der Shop brach beim Antworten zusammen</translation>
    </message>
    <message>
        <source>The store can’t be asked for its pictures now</source>
        <translation>Der Shop kann gerade nicht nach seinen Bildern gefragt werden</translation>
    </message>
    <message>
        <source>The store can’t prove who it is</source>
        <translation>Der Shop kann sich nicht ausweisen</translation>
    </message>
    <message>
        <source>The store could not make its crops. Send it again.</source>
        <translation>Der Shop konnte nicht zuschneiden. Erneut senden.</translation>
    </message>
    <message>
        <source>The store doesn’t answer</source>
        <translation>Der Shop antwortet nicht</translation>
    </message>
    <message>
        <source>The store doesn’t know this sign-in any more</source>
        <translation>Der Shop kennt diese Anmeldung nicht mehr</translation>
    </message>
    <message>
        <source>The store had it already; not sent again</source>
        <translation>Der Shop hatte es schon; nicht erneut gesendet</translation>
    </message>
    <message>
        <source>The store has a problem of its own</source>
        <translation>Der Shop hat selbst ein Problem</translation>
    </message>
    <message>
        <source>The store has too many pictures like it</source>
        <translation>Der Shop hat zu viele solche Bilder</translation>
    </message>
    <message>
        <source>The store is asked before it is sent again.</source>
        <translation>Vor erneutem Senden wird der Shop gefragt.</translation>
    </message>
    <message>
        <source>The store is busy</source>
        <translation>Der Shop ist beschäftigt</translation>
    </message>
    <message>
        <source>The store is full</source>
        <translation>Der Shop ist voll</translation>
    </message>
    <message>
        <source>The store isn’t ready</source>
        <translation>Der Shop ist nicht bereit</translation>
    </message>
    <message>
        <source>The store lost track of it</source>
        <translation>Der Shop hat es aus den Augen verloren</translation>
    </message>
    <message>
        <source>The store made no {style} of this photo.</source>
        <translation>Der Shop machte kein {style} von diesem Foto.</translation>
    </message>
    <message>
        <source>The store names it, but doesn’t have it.</source>
        <translation>Der Shop nennt es, hat es aber nicht.</translation>
    </message>
    <message>
        <source>The store no longer has it; it is sent again</source>
        <translation>Der Shop hat es nicht mehr; es wird erneut gesendet</translation>
    </message>
    <message>
        <source>The store refused it</source>
        <translation>Der Shop lehnte es ab</translation>
    </message>
    <message>
        <source>The store says it is done, but they can’t be fetched. Send it again.</source>
        <translation>Der Shop meldet fertig, doch sie lassen sich nicht abholen. Erneut senden.</translation>
    </message>
    <message>
        <source>The store was asked to make its crops again</source>
        <translation>Der Shop wurde gebeten, erneut zuzuschneiden</translation>
    </message>
    <message>
        <source>The store’s answer makes no sense</source>
        <translation>Die Antwort des Shops ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>The store’s answer was cut short</source>
        <translation>Die Antwort des Shops brach ab</translation>
    </message>
    <message>
        <source>The system didn’t take the setting</source>
        <translation>Das System hat die Einstellung nicht übernommen</translation>
    </message>
    <message>
        <source>The watched folder can’t be read</source>
        <translation>Der überwachte Ordner ist nicht lesbar</translation>
    </message>
    <message>
        <source>The watched folder waits</source>
        <translation>Der überwachte Ordner wartet</translation>
    </message>
    <message>
        <source>There are no names in {name}. It needs a column of file names and one of SKUs.</source>
        <translation>In {name} stehen keine Namen. Nötig sind eine Spalte mit Dateinamen und eine mit Artikelnummern.</translation>
    </message>
    <message>
        <source>There is a file where its folder should be. Choose another place.</source>
        <translation>Wo ihr Ordner sein sollte, liegt eine Datei. Einen anderen Ort auswählen.</translation>
    </message>
    <message>
        <source>There is no answer</source>
        <translation>Es gibt keine Antwort</translation>
    </message>
    <message>
        <source>There is nothing to send.</source>
        <translation>Es gibt nichts zu senden.</translation>
    </message>
    <message>
        <source>This account isn’t an administrator of the store</source>
        <translation>Dieses Konto ist kein Administrator des Shops</translation>
    </message>
    <message>
        <source>This address can’t be used</source>
        <translation>Diese Adresse ist nicht verwendbar</translation>
    </message>
    <message>
        <source>This address isn’t secure</source>
        <translation>Diese Adresse ist nicht sicher</translation>
    </message>
    <message>
        <source>This build doesn’t look for newer versions</source>
        <translation>Diese Fassung sucht nicht nach neuen Versionen</translation>
    </message>
    <message>
        <source>This file can’t be used</source>
        <translation>Diese Datei ist nicht verwendbar</translation>
    </message>
    <message>
        <source>This is a folder, not a photo.</source>
        <translation>Das ist ein Ordner, kein Foto.</translation>
    </message>
    <message>
        <source>This is not a file but a device or a pipe.</source>
        <translation>Das ist keine Datei, sondern ein Gerät oder eine Pipe.</translation>
    </message>
    <message>
        <source>This is not a photo, although its name ends in {suffix}.</source>
        <translation>Das ist kein Foto, obwohl der Name auf {suffix} endet.</translation>
    </message>
    <message>
        <source>This is not a photo.</source>
        <translation>Das ist kein Foto.</translation>
    </message>
    <message>
        <source>This store can’t pad a picture</source>
        <translation>Dieser Shop kann kein Bild auffüllen</translation>
    </message>
    <message>
        <source>This store can’t turn a picture</source>
        <translation>Dieser Shop kann kein Bild drehen</translation>
    </message>
    <message>
        <source>Too large: {frames} frames of {width} × {height} pixels are more than {most}.</source>
        <translation>Zu groß: {frames} Bilder von {width} × {height} Pixeln sind mehr als {most}.</translation>
    </message>
    <message>
        <source>Too large: {width} × {height} pixels are more than {most}.</source>
        <translation>Zu groß: {width} × {height} Pixel sind mehr als {most}.</translation>
    </message>
    <message>
        <source>This kind of store isn’t known here</source>
        <translation>Diese Art von Shop ist hier unbekannt</translation>
    </message>
    <message>
        <source>This store can’t replace a picture</source>
        <translation>Dieser Shop kann kein Bild ersetzen</translation>
    </message>
    <message>
        <source>This store needs a newer program</source>
        <translation>Dieser Shop braucht ein neueres Programm</translation>
    </message>
    <message>
        <source>Three</source>
        <translation>Drei</translation>
    </message>
    <message>
        <source>To be sent after all</source>
        <translation>Soll doch gesendet werden</translation>
    </message>
    <message>
        <source>Too large for this store</source>
        <translation>Zu groß für diesen Shop</translation>
    </message>
    <message>
        <source>Too long: its {style} would be {width} × {height} pixels, over {most} on a side.</source>
        <translation>Zu lang: sein {style} hätte {width} × {height} Pixel, mehr als {most} in einer Seite.</translation>
    </message>
    <message>
        <source>Too long: {frames} frames are more than {most}.</source>
        <translation>Zu lang: {frames} Einzelbilder sind mehr als {most}.</translation>
    </message>
    <message>
        <source>Turn it back, then send it again.</source>
        <translation>Zurückdrehen, dann erneut senden.</translation>
    </message>
    <message>
        <source>Two</source>
        <translation>Zwei</translation>
    </message>
    <message>
        <source>Two can’t share one list of photos. Go on in the other window, or close it first.</source>
        <translation>Zwei können sich keine Fotoliste teilen. Im anderen Fenster weitermachen oder es zuerst schließen.</translation>
    </message>
    <message>
        <source>Type the address alone, without a name or an @.</source>
        <translation>Nur die Adresse eintippen, ohne Namen oder @.</translation>
    </message>
    <message>
        <source>Type your store’s address, such as my.shop.</source>
        <translation>Die Adresse des Shops eintippen, etwa mein.shop.</translation>
    </message>
    <message>
        <source>Update Store Uploader, then sign in again.</source>
        <translation>Store Uploader aktualisieren, dann wieder anmelden.</translation>
    </message>
    <message>
        <source>Usually done in {usual} s. Safe to send again: no second copy.</source>
        <translation>Sonst in {usual} s fertig. Erneut senden ist sicher: keine Kopie.</translation>
    </message>
    <message>
        <source>Usually done in {usual} s. The store is asked before it is sent again.</source>
        <translation>Sonst in {usual} s fertig. Vor erneutem Senden wird der Shop gefragt.</translation>
    </message>
    <message>
        <source>Waits for the network</source>
        <translation>Wartet auf das Netz</translation>
    </message>
    <message>
        <source>Waits for you to sign in</source>
        <translation>Wartet auf die Anmeldung</translation>
    </message>
    <message>
        <source>Waits to be sent</source>
        <translation>Wartet auf das Senden</translation>
    </message>
    <message>
        <source>What arrived was dropped; it is sent again.</source>
        <translation>Das Angekommene wurde verworfen; es wird erneut gesendet.</translation>
    </message>
    <message>
        <source>What came in can’t be noted. The disk may be full: make some room, and it goes on by itself.</source>
        <translation>Was daraus kam, lässt sich nicht notieren. Vielleicht ist der Datenträger voll: Platz schaffen, dann geht es von selbst weiter.</translation>
    </message>
    <message>
        <source>What this {label} tells of place and camera can’t be removed; it is sent as it is.</source>
        <translation>Was dieses {label} über Ort und Kamera verrät, lässt sich nicht entfernen; es wird gesendet, wie es ist.</translation>
    </message>
    <message>
        <source>You are signed out</source>
        <translation>Abgemeldet</translation>
    </message>
    <message>
        <source>You don’t have permission to open this file.</source>
        <translation>Diese Datei darf nicht geöffnet werden: Die Rechte fehlen.</translation>
    </message>
    <message>
        <source>You may no longer write to it. Nothing that was saved is lost.</source>
        <translation>Schreiben ist nicht mehr erlaubt. Nichts Gespeichertes ist verloren.</translation>
    </message>
    <message>
        <source>You may not write to its folder, or the drive is read-only. Change that and try again.</source>
        <translation>In ihren Ordner darf nicht geschrieben werden, oder das Laufwerk ist schreibgeschützt. Das ändern und erneut versuchen.</translation>
    </message>
    <message>
        <source>Your password would travel openly. Use the store’s https:// address.</source>
        <translation>Das Passwort ginge unverschlüsselt durchs Netz. Die https://-Adresse des Shops verwenden.</translation>
    </message>
    <message>
        <source>its SKU</source>
        <translation>an der Artikelnummer</translation>
    </message>
    <message>
        <source>its folder’s name</source>
        <translation>am Namen seines Ordners</translation>
    </message>
    <message>
        <source>its title</source>
        <translation>am Titel</translation>
    </message>
    <message>
        <source>your list of names</source>
        <translation>an der Namensliste</translation>
    </message>
    <message>
        <source>{count} files aren’t photos and stay out.</source>
        <translation>{count} Dateien sind keine Fotos und bleiben draußen.</translation>
    </message>
    <message>
        <source>{count} folders can’t be opened. Check that you may read them, then add them again.</source>
        <translation>{count} Ordner lassen sich nicht öffnen. Die Leserechte prüfen, dann noch einmal hinzufügen.</translation>
    </message>
    <message>
        <source>{count} items fit the file name: waits for you</source>
        <translation>{count} Artikel passen zum Dateinamen: wartet auf eine Auswahl</translation>
    </message>
    <message>
        <source>{count} lines were saved in {name}.</source>
        <translation>{count} Zeilen wurden in {name} gespeichert.</translation>
    </message>
    <message>
        <source>{count} more lines can’t be used.</source>
        <translation>{count} weitere Zeilen sind nicht verwendbar.</translation>
    </message>
    <message>
        <source>{count} photos are in the list already.</source>
        <translation>{count} Fotos sind schon in der Liste.</translation>
    </message>
    <message>
        <source>{host} answered with an error. Try again later.</source>
        <translation>{host} hat mit einem Fehler geantwortet. Später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{host} answers, but not as a store. Check the address; on a guest network, sign in to the network first.</source>
        <translation>{host} antwortet, aber nicht als Shop. Die Adresse prüfen; in einem Gastnetz zuerst dort anmelden.</translation>
    </message>
    <message>
        <source>{host} can’t be found. Check the network and the address.</source>
        <translation>{host} ist nicht zu finden. Netz und Adresse prüfen.</translation>
    </message>
    <message>
        <source>{host} can’t be reached just now. Check the network, or try again later.</source>
        <translation>{host} ist gerade nicht zu erreichen. Das Netz prüfen oder es später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{host} can’t be reached. Check the network.</source>
        <translation>{host} ist nicht erreichbar. Das Netz prüfen.</translation>
    </message>
    <message>
        <source>{host} can’t prove who it is. Nothing was taken over.</source>
        <translation>{host} kann nicht beweisen, wer es ist. Nichts wurde übernommen.</translation>
    </message>
    <message>
        <source>{host} doesn’t offer one, so nothing was sent. Check the address.</source>
        <translation>{host} bietet keine an, darum wurde nichts gesendet. Die Adresse prüfen.</translation>
    </message>
    <message>
        <source>{host} has a problem just now. Try later.</source>
        <translation>{host} hat gerade ein Problem. Später versuchen.</translation>
    </message>
    <message>
        <source>{host} sends on again and again. Try again later.</source>
        <translation>{host} leitet immer weiter. Später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{host} sends on to an address that isn’t secure. Nothing was taken over.</source>
        <translation>{host} leitet zu einer Adresse weiter, die nicht sicher ist. Nichts wurde übernommen.</translation>
    </message>
    <message>
        <source>{host} shows a certificate that it made itself.</source>
        <translation>{host} zeigt ein selbst gemachtes Zertifikat.</translation>
    </message>
    <message>
        <source>{host} takes too long to answer. Check the network.</source>
        <translation>{host} braucht zu lange für eine Antwort. Das Netz prüfen.</translation>
    </message>
    <message>
        <source>{host} takes too long. Try again later.</source>
        <translation>{host} braucht zu lange. Später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{host} was reached, and then no more. Check the network.</source>
        <translation>{host} war erreichbar, dann nicht mehr. Das Netz prüfen.</translation>
    </message>
    <message>
        <source>{label} pictures can’t be used here. Use {taken}.</source>
        <translation>{label}-Bilder sind hier nicht verwendbar. {taken} verwenden.</translation>
    </message>
    <message>
        <source>{name} can’t be opened. Check that you may read it, then add it again.</source>
        <translation>{name} lässt sich nicht öffnen. Die Leserechte prüfen, dann noch einmal hinzufügen.</translation>
    </message>
    <message>
        <source>{name} can’t be read. Check that you may open it.</source>
        <translation>{name} ist nicht lesbar. Prüfen, ob die Datei geöffnet werden darf.</translation>
    </message>
    <message>
        <source>{name} is too large for a list of names. Choose another file.</source>
        <translation>{name} ist zu groß für eine Namensliste. Eine andere Datei auswählen.</translation>
    </message>
    <message>
        <source>{said} Nothing was sent. Ask whoever runs the store.</source>
        <translation>{said} Nichts gesendet. Den Betreiber des Shops fragen.</translation>
    </message>
    <message>
        <source>{sent} of {total} MB</source>
        <translation>{sent} von {total} MB</translation>
    </message>
    <message>
        <source>{sent} of {total} kB</source>
        <translation>{sent} von {total} kB</translation>
    </message>
    <message>
        <source>{some} and {last}</source>
        <translation>{some} und {last}</translation>
    </message>
    <message>
        <source>{title}. Next try in {seconds} s</source>
        <translation>{title}. Neuer Versuch in {seconds} s</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>A PEM file of the authority that vouches for a store of your own.</source>
        <translation>Eine PEM-Datei der Stelle, die für einen eigenen Shop bürgt.</translation>
    </message>
    <message>
        <source>A photo whose file has gone is sent from its copy.</source>
        <translation>Ein Foto, dessen Datei fehlt, wird aus seiner Kopie gesendet.</translation>
    </message>
    <message>
        <source>About once a day a small file is fetched that names the newest version. Nothing is said of you, your store, your photos or your version; as with any page, the server sees your internet address. Nothing is ever installed by itself.</source>
        <translation>Etwa einmal am Tag wird eine kleine Datei geholt, in der die neueste Version steht. Über Person, Shop, Fotos und die eigene Version wird nichts gesagt; wie bei jeder Seite sieht der Server die Internetadresse. Von selbst installiert wird nie etwas.</translation>
    </message>
    <message>
        <source>Add a time…</source>
        <translation>Zeit hinzufügen…</translation>
    </message>
    <message>
        <source>Address of that file</source>
        <translation>Adresse dieser Datei</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>Adresse des Proxys</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>At other times of the day</source>
        <translation>Zu anderen Tageszeiten</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>Bandbreite</translation>
    </message>
    <message>
        <source>Certificates of your own</source>
        <translation>Eigene Zertifikate</translation>
    </message>
    <message>
        <source>Change it only if whoever runs your computers says so.</source>
        <translation>Nur ändern, wenn die Betreuung der Computer es verlangt.</translation>
    </message>
    <message>
        <source>Check before uploading</source>
        <translation>Vor dem Hochladen prüfen</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>For all photos together. Empty or 0: as fast as the line.</source>
        <translation>Für alle Fotos zusammen. Leer oder 0: so schnell wie die Leitung.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>From cards, sticks and the network</source>
        <translation>Von Karten, Sticks und aus dem Netz</translation>
    </message>
    <message>
        <source>From the next start on.</source>
        <translation>Ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>From what is sent. Your files stay as they are.</source>
        <translation>Aus dem, was gesendet wird. Die Dateien bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Keep copies until photos are live</source>
        <translation>Kopien behalten, bis Fotos im Shop sind</translation>
    </message>
    <message>
        <source>Keep going in the tray when the window closes</source>
        <translation>Im Infobereich weiterlaufen, wenn das Fenster schließt</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Last answered on {day}.</source>
        <translation>Zuletzt beantwortet am {day}.</translation>
    </message>
    <message>
        <source>Leave out name and password: they aren’t kept in settings.</source>
        <translation>Ohne Name und Passwort angeben: Sie werden nicht in Einstellungen gespeichert.</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Limit in this time</source>
        <translation>Grenze in dieser Zeit</translation>
    </message>
    <message>
        <source>Mbit/s</source>
        <translation>Mbit/s</translation>
    </message>
    <message>
        <source>More fill a fast line, fewer leave room for others on it.</source>
        <translation>Mehr füllen eine schnelle Leitung, weniger lassen anderen Platz.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>New photos in it are added by themselves, to the store in use.</source>
        <translation>Neue Fotos darin kommen von selbst auf die Liste des laufenden Shops.</translation>
    </message>
    <message>
        <source>No file</source>
        <translation>Keine Datei</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Kein Ordner</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Keine Grenze</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Of all photos</source>
        <translation>Von allen Fotos</translation>
    </message>
    <message>
        <source>Once for a batch, and only while the window isn’t in front.</source>
        <translation>Einmal je Schwung und nur, wenn das Fenster nicht vorn ist.</translation>
    </message>
    <message>
        <source>Photos sent at the same time</source>
        <translation>Gleichzeitig gesendete Fotos</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Quit from the tray, or with Ctrl+Q.</source>
        <translation>Beenden im Infobereich oder mit Strg+Q.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove location and camera data</source>
        <translation>Standort- und Kameradaten entfernen</translation>
    </message>
    <message>
        <source>Say when a batch is done or needs you</source>
        <translation>Melden, wenn ein Schwung fertig ist oder etwas fehlt</translation>
    </message>
    <message>
        <source>Say when a newer version is out</source>
        <translation>Melden, wenn es eine neuere Version gibt</translation>
    </message>
    <message>
        <source>Send no faster than</source>
        <translation>Nicht schneller senden als</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Sign in first</source>
        <translation>Zuerst anmelden</translation>
    </message>
    <message>
        <source>Start and notifications</source>
        <translation>Start und Meldungen</translation>
    </message>
    <message>
        <source>Start with the system</source>
        <translation>Mit dem System starten</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Nicht mehr überwachen</translation>
    </message>
    <message>
        <source>The first time that fits counts; one may go over midnight.</source>
        <translation>Die erste passende Zeit gilt; sie darf über Mitternacht gehen.</translation>
    </message>
    <message>
        <source>They go out once they have an item, without pressing Upload.</source>
        <translation>Sie gehen hinaus, sobald sie einen Artikel haben, ohne Klick auf Hochladen.</translation>
    </message>
    <message>
        <source>This build has no key to check an answer with, so it asks nobody.</source>
        <translation>Diese Fassung hat keinen Schlüssel, um eine Antwort zu prüfen, und fragt deshalb niemanden.</translation>
    </message>
    <message>
        <source>This can’t be asked. It begins with https://.</source>
        <translation>Dort lässt sich nicht fragen. Die Adresse beginnt mit https://.</translation>
    </message>
    <message>
        <source>This desktop has no tray: closing the window quits.</source>
        <translation>Diese Oberfläche hat keinen Infobereich: Schließen beendet.</translation>
    </message>
    <message>
        <source>This is no address. Write it as proxy.example:3128.</source>
        <translation>Das ist keine Adresse. Schreibweise: proxy.example:3128.</translation>
    </message>
    <message>
        <source>This one</source>
        <translation>Dieser</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>Upload looks over the batch and says what deserves a look.</source>
        <translation>Hochladen sieht alles durch und sagt, was einen Blick verdient.</translation>
    </message>
    <message>
        <source>Upload photos as soon as they are ready</source>
        <translation>Fotos hochladen, sobald sie bereit sind</translation>
    </message>
    <message>
        <source>Uploading</source>
        <translation>Hochladen</translation>
    </message>
    <message>
        <source>Watched folder</source>
        <translation>Überwachter Ordner</translation>
    </message>
    <message>
        <source>Without its window: what waits is sent by itself.</source>
        <translation>Ohne Fenster: Was wartet, wird von selbst gesendet.</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation>Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Add what was copied</source>
        <translation>Kopiertes hinzufügen</translation>
    </message>
    <message>
        <source>Choose the item</source>
        <translation>Artikel auswählen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close what is open</source>
        <translation>Geöffnetes schließen</translation>
    </message>
    <message>
        <source>Do what the row offers</source>
        <translation>Ausführen, was die Zeile anbietet</translation>
    </message>
    <message>
        <source>Find items one by one</source>
        <translation>Artikel einzeln suchen</translation>
    </message>
    <message>
        <source>Go to the first store; Ctrl+2 to the second</source>
        <translation>Zum ersten Shop; Strg+2 zum zweiten</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Pad to a square, or no more</source>
        <translation>Zum Quadrat ergänzen, oder nicht mehr</translation>
    </message>
    <message>
        <source>Retry what failed</source>
        <translation>Fehlgeschlagenes erneut versuchen</translation>
    </message>
    <message>
        <source>Rotate left</source>
        <translation>Nach links drehen</translation>
    </message>
    <message>
        <source>Rotate right</source>
        <translation>Nach rechts drehen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Select all photos</source>
        <translation>Alle Fotos auswählen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Show or hide the details</source>
        <translation>Details zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Show the photo large</source>
        <translation>Foto groß zeigen</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>Von der Liste nehmen</translation>
    </message>
    <message>
        <source>The guide</source>
        <translation>Das Handbuch</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Diese Liste</translation>
    </message>
    <message>
        <source>Upload what is ready</source>
        <translation>Hochladen, was bereit ist</translation>
    </message>
    <message>
        <source>What was sent: the history</source>
        <translation>Was gesendet wurde: der Verlauf</translation>
    </message>
    <message>
        <source>Write alt texts</source>
        <translation>Alternativtexte schreiben</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Certificates and proxy…</source>
        <translation>Zertifikate und Proxy…</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Fill it in to sign in.</source>
        <translation>Zum Anmelden ausfüllen.</translation>
    </message>
    <message>
        <source>Keeps a sign-in key in the system keychain, never your password.</source>
        <translation>Im Schlüsselbund liegt ein Anmeldeschlüssel, nie das Passwort.</translation>
    </message>
    <message>
        <source>Looking for the store…</source>
        <translation>Sucht den Shop…</translation>
    </message>
    <message>
        <source>No keychain here: signed in until you quit.</source>
        <translation>Kein Schlüsselbund hier: angemeldet bis zum Beenden.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Passwort zeigen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Sign in to your store</source>
        <translation>Beim Shop anmelden</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Meldet an…</translation>
    </message>
    <message>
        <source>Stay signed in</source>
        <translation>Angemeldet bleiben</translation>
    </message>
    <message>
        <source>Store address</source>
        <translation>Adresse des Shops</translation>
    </message>
    <message>
        <source>The store’s address is missing</source>
        <translation>Die Adresse des Shops fehlt</translation>
    </message>
    <message>
        <source>Your e-mail is missing</source>
        <translation>Die E-Mail-Adresse fehlt</translation>
    </message>
    <message>
        <source>Your password is missing</source>
        <translation>Das Passwort fehlt</translation>
    </message>
    <message>
        <source>{store}, not encrypted: only this computer</source>
        <translation>{store}, unverschlüsselt: nur dieser Computer</translation>
    </message>
    <message>
        <source>{store}, secure connection</source>
        <translation>{store}, sichere Verbindung</translation>
    </message>
</context>
<context>
    <name>SignedOut</name>
    <message>
        <source>Photos wait here until you sign in.</source>
        <translation>Fotos warten hier bis zur Anmeldung.</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden…</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Abgemeldet</translation>
    </message>
</context>
<context>
    <name>Single</name>
    <message>
        <source>It doesn’t answer. Go to its window, and add the photos there.</source>
        <translation>Es antwortet nicht. In sein Fenster wechseln und die Fotos dort hinzufügen.</translation>
    </message>
    <message>
        <source>It doesn’t answer. Go to its window, or close it first.</source>
        <translation>Es antwortet nicht. In sein Fenster wechseln oder es zuerst schließen.</translation>
    </message>
    <message>
        <source>Store Uploader is running already</source>
        <translation>Store Uploader läuft schon</translation>
    </message>
</context>
<context>
    <name>Spoken</name>
    <message>
        <source>Signed out of {store}</source>
        <translation>Abgemeldet von {store}</translation>
    </message>
    <message numerus="yes">
        <source>{n} photos are live</source>
        <extracomment>For exactly one: 1 photo is live</extracomment>
        <translation>
            <numerusform>Ein Foto ist im Shop</numerusform>
            <numerusform>{n} Fotos sind im Shop</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photos need attention</source>
        <extracomment>For exactly one: 1 photo needs attention</extracomment>
        <translation>
            <numerusform>Ein Foto ist zu klären</numerusform>
            <numerusform>{n} Fotos sind zu klären</numerusform>
        </translation>
    </message>
    <message>
        <source>{store} can’t be reached</source>
        <translation>{store} ist nicht erreichbar</translation>
    </message>
    <message>
        <source>{store} is online</source>
        <translation>{store} ist online</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>All sent. Waits for the store’s answer.</source>
        <translation>Alles gesendet. Wartet auf die Antwort des Shops.</translation>
    </message>
    <message>
        <source>Already in the store</source>
        <translation>Schon im Shop</translation>
    </message>
    <message>
        <source>Both crops match their previews</source>
        <translation>Beide Zuschnitte gleichen der Vorschau</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Can’t be sent from here</source>
        <translation>Nicht zu senden</translation>
    </message>
    <message>
        <source>Can’t be used</source>
        <translation>Nicht verwendbar</translation>
    </message>
    <message>
        <source>Change item</source>
        <translation>Artikel ändern</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen…</translation>
    </message>
    <message>
        <source>Choosing works offline too.</source>
        <translation>Auswählen geht auch offline.</translation>
    </message>
    <message>
        <source>It finds its item once you sign in.</source>
        <translation>Es findet seinen Artikel nach der Anmeldung.</translation>
    </message>
    <message>
        <source>It is sent by itself.</source>
        <translation>Wird von selbst gesendet.</translation>
    </message>
    <message>
        <source>It is sent once you resume.</source>
        <translation>Wird gesendet, sobald es weitergeht.</translation>
    </message>
    <message>
        <source>It is sent once you sign in.</source>
        <translation>Wird nach der Anmeldung gesendet.</translation>
    </message>
    <message>
        <source>It may have arrived</source>
        <translation>Vielleicht angekommen</translation>
    </message>
    <message>
        <source>It may have arrived. Looks again in {time}.</source>
        <translation>Vielleicht angekommen. Sieht in {time} wieder nach.</translation>
    </message>
    <message>
        <source>It may have arrived: the store is asked before it is sent again.</source>
        <translation>Vielleicht angekommen: Vor erneutem Senden wird der Shop gefragt.</translation>
    </message>
    <message>
        <source>It may have arrived: the store is asked once it is back.</source>
        <translation>Vielleicht angekommen: Der Shop wird gefragt, sobald er wieder da ist.</translation>
    </message>
    <message>
        <source>It may have arrived: the store is asked once you sign in.</source>
        <translation>Vielleicht angekommen: Der Shop wird nach der Anmeldung gefragt.</translation>
    </message>
    <message>
        <source>It may have arrived: the store is being asked.</source>
        <translation>Vielleicht angekommen: Der Shop wird gefragt.</translation>
    </message>
    <message>
        <source>It will be sent again.</source>
        <translation>Wird erneut gesendet.</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Im Shop</translation>
    </message>
    <message>
        <source>Looking in the store</source>
        <translation>Sieht im Shop nach</translation>
    </message>
    <message>
        <source>New item</source>
        <translation>Neuer Artikel</translation>
    </message>
    <message>
        <source>No item</source>
        <translation>Kein Artikel</translation>
    </message>
    <message>
        <source>No item fits this file name.</source>
        <translation>Kein Artikel passt zum Dateinamen.</translation>
    </message>
    <message>
        <source>No item yet</source>
        <translation>Noch kein Artikel</translation>
    </message>
    <message>
        <source>Not readable</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Not sent again</source>
        <translation>Nicht erneut gesendet</translation>
    </message>
    <message>
        <source>Not sent again, and not turned or padded there</source>
        <translation>Nicht erneut gesendet und dort nicht gedreht oder ergänzt</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Noch nicht gesendet</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>Nichts gesendet.</translation>
    </message>
    <message>
        <source>Number {n} in line</source>
        <translation>Nummer {n} in der Reihe</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Processing</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Processing failed</source>
        <translation>Bearbeitung gescheitert</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Refused by the store</source>
        <translation>Vom Shop abgelehnt</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>Ersetzen…</translation>
    </message>
    <message>
        <source>Retry in {time}</source>
        <translation>Neuer Versuch in {time}</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Send after all</source>
        <translation>Doch senden</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Erneut senden</translation>
    </message>
    <message>
        <source>Sent. The store is asked again once it can be reached.</source>
        <translation>Gesendet. Der Shop wird gefragt, sobald er erreichbar ist.</translation>
    </message>
    <message>
        <source>Sent. The store is asked again once you sign in.</source>
        <translation>Gesendet. Der Shop wird nach der Anmeldung gefragt.</translation>
    </message>
    <message>
        <source>Sent. The store is making its crops.</source>
        <translation>Gesendet. Der Shop schneidet zu.</translation>
    </message>
    <message>
        <source>Stalled for {time}</source>
        <translation>Steht seit {time}</translation>
    </message>
    <message>
        <source>Taken back by you</source>
        <translation>Selbst zurückgenommen</translation>
    </message>
    <message>
        <source>The store gave no reason.</source>
        <translation>Der Shop nannte keinen Grund.</translation>
    </message>
    <message>
        <source>The store has made its crops</source>
        <translation>Der Shop hat zugeschnitten</translation>
    </message>
    <message>
        <source>The store’s crops differ from their previews</source>
        <translation>Die Zuschnitte im Shop weichen von der Vorschau ab</translation>
    </message>
    <message>
        <source>Two items fit this file name.</source>
        <translation>Zwei Artikel passen zum Dateinamen.</translation>
    </message>
    <message>
        <source>Uploading</source>
        <translation>Lädt hoch</translation>
    </message>
    <message>
        <source>Usually done in {time}.</source>
        <translation>Sonst in {time} fertig.</translation>
    </message>
    <message>
        <source>Usually done in {time}. Safe to send again: no second copy.</source>
        <translation>Sonst in {time} fertig. Erneut senden ist sicher: keine Kopie.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Waits for the network</source>
        <translation>Wartet auf das Netz</translation>
    </message>
    <message>
        <source>Which item?</source>
        <translation>Welcher Artikel?</translation>
    </message>
    <message>
        <source>picture {n}</source>
        <translation>Bild {n}</translation>
    </message>
    <message numerus="yes">
        <source>{n} items fit</source>
        <extracomment>For exactly one: 1 item fits</extracomment>
        <translation>
            <numerusform>{n} Artikel passt</numerusform>
            <numerusform>{n} Artikel passen</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} items fit this file name.</source>
        <translation>{n} Artikel passen zum Dateinamen.</translation>
    </message>
    <message>
        <source>{sent} have arrived so far.</source>
        <translation>{sent} sind bisher angekommen.</translation>
    </message>
    <message>
        <source>{sent}, {time} left</source>
        <translation>{sent}, noch {time}</translation>
    </message>
</context>
<context>
    <name>StoreMenu</name>
    <message>
        <source>Matching…</source>
        <translation>Zuordnung…</translation>
    </message>
    <message>
        <source>Add a store…</source>
        <translation>Shop hinzufügen…</translation>
    </message>
    <message>
        <source>Forget this store…</source>
        <translation>Diesen Shop vergessen…</translation>
    </message>
    <message>
        <source>Photos for another store wait until you turn to it.</source>
        <translation>Fotos für einen anderen Shop warten, bis er an der Reihe ist.</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden…</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message numerus="yes">
        <source>{store}, {n} wait</source>
        <extracomment>For exactly one: {store}, {n} waits</extracomment>
        <translation>
            <numerusform>{store}, {n} wartet</numerusform>
            <numerusform>{store}, {n} warten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Stores</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Empty: as the store calls itself. Photos stay where they are.</source>
        <translation>Leer: wie der Shop sich nennt. Fotos bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget {store}?</source>
        <translation>{store} vergessen?</translation>
    </message>
    <message>
        <source>Its sign-in key is revoked and removed from this computer.</source>
        <translation>Sein Anmeldeschlüssel wird widerrufen und von diesem Computer entfernt.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename {store}</source>
        <translation>{store} umbenennen</translation>
    </message>
    <message>
        <source>What you call it</source>
        <translation>Eigener Name</translation>
    </message>
    <message numerus="yes">
        <source>{n} photos aren’t in the store yet. They aren’t sent, and stay on record: sign in to this store again, and they are there.</source>
        <extracomment>For exactly one: {n} photo isn’t in the store yet. It isn’t sent, and stays on record: sign in to this store again, and it is there.</extracomment>
        <translation>
            <numerusform>{n} Foto ist noch nicht im Shop. Es wird nicht gesendet und bleibt verzeichnet: Nach einer neuen Anmeldung ist es wieder da.</numerusform>
            <numerusform>{n} Fotos sind noch nicht im Shop. Sie werden nicht gesendet und bleiben verzeichnet: Nach einer neuen Anmeldung sind sie wieder da.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Add folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation>Fotos hinzufügen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Nothing is ready to be sent. Photos need an item first.</source>
        <translation>Nichts ist bereit zum Senden. Fotos brauchen zuerst einen Artikel.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>Details zeigen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Sign in to your store first.</source>
        <translation>Zuerst beim Shop anmelden.</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Hochladen</translation>
    </message>
    <message numerus="yes">
        <source>Upload {n}</source>
        <extracomment>For exactly one: Upload {n}</extracomment>
        <translation>
            <numerusform>{n} hochladen</numerusform>
            <numerusform>{n} hochladen</numerusform>
        </translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>online</source>
        <translation>online</translation>
    </message>
    <message>
        <source>signed out</source>
        <translation>abgemeldet</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>No photos</source>
        <translation>Keine Fotos</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message numerus="yes">
        <source>{live} of {n} photos live</source>
        <extracomment>For exactly one: {live} of {n} photo live</extracomment>
        <translation>
            <numerusform>{live} von {n} Foto im Shop</numerusform>
            <numerusform>{live} von {n} Fotos im Shop</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Triage</name>
    <message>
        <source>Choose for</source>
        <translation>Wählen für</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Every photo has its answer</source>
        <translation>Jedes Foto hat seine Antwort</translation>
    </message>
    <message>
        <source>Find items</source>
        <translation>Artikel suchen</translation>
    </message>
    <message>
        <source>Found:</source>
        <translation>Gefunden:</translation>
    </message>
    <message>
        <source>Go through them again</source>
        <translation>Noch einmal durchgehen</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Artikel</translation>
    </message>
    <message>
        <source>No item fits the file name. Like it are:</source>
        <translation>Kein Artikel passt zum Dateinamen. Ähnlich sind:</translation>
    </message>
    <message>
        <source>No item fits the file name. Type to search.</source>
        <translation>Kein Artikel passt zum Dateinamen. Tippen, um zu suchen.</translation>
    </message>
    <message>
        <source>No item is called that.</source>
        <translation>So heißt kein Artikel.</translation>
    </message>
    <message>
        <source>Nothing is sent until you press Upload.</source>
        <translation>Gesendet wird erst mit Hochladen.</translation>
    </message>
    <message>
        <source>Photos without an item stay here and aren’t sent.</source>
        <translation>Fotos ohne Artikel bleiben hier und werden nicht gesendet.</translation>
    </message>
    <message>
        <source>Search items</source>
        <translation>Artikel suchen</translation>
    </message>
    <message>
        <source>Search items, or name a new one</source>
        <translation>Artikel suchen oder einen neuen benennen</translation>
    </message>
    <message>
        <source>These fit the file name equally well.</source>
        <translation>Diese passen gleich gut zum Dateinamen.</translation>
    </message>
    <message>
        <source>Which item is {name}?</source>
        <translation>Welcher Artikel ist {name}?</translation>
    </message>
    <message>
        <source>all in the folder {name}</source>
        <translation>alle im Ordner {name}</translation>
    </message>
    <message>
        <source>all named {name}</source>
        <translation>alle namens {name}</translation>
    </message>
    <message>
        <source>back</source>
        <translation>zurück</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>wählen</translation>
    </message>
    <message>
        <source>close</source>
        <translation>schließen</translation>
    </message>
    <message>
        <source>for more photos</source>
        <translation>für mehr Fotos</translation>
    </message>
    <message>
        <source>new item</source>
        <translation>neuer Artikel</translation>
    </message>
    <message>
        <source>search</source>
        <translation>suchen</translation>
    </message>
    <message>
        <source>skip</source>
        <translation>auslassen</translation>
    </message>
    <message>
        <source>the first</source>
        <translation>der erste</translation>
    </message>
    <message>
        <source>this photo</source>
        <translation>dieses Foto</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{n} von {all}</translation>
    </message>
    <message numerus="yes">
        <source>{n} photos have no item yet</source>
        <extracomment>For exactly one: 1 photo has no item yet</extracomment>
        <translation>
            <numerusform>{n} Foto hat noch keinen Artikel</numerusform>
            <numerusform>{n} Fotos haben noch keinen Artikel</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{where}: {n} photos</source>
        <extracomment>For exactly one: {where}: 1 photo</extracomment>
        <translation>
            <numerusform>{where}: {n} Foto</numerusform>
            <numerusform>{where}: {n} Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Updates</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy the SHA-256 sums</source>
        <translation>SHA-256-Summen kopieren</translation>
    </message>
    <message>
        <source>For this system</source>
        <translation>Für dieses System</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Looking for a newer version…</source>
        <translation>Suche nach einer neueren Version…</translation>
    </message>
    <message>
        <source>Open the download page</source>
        <translation>Downloadseite öffnen</translation>
    </message>
    <message>
        <source>Skip this version</source>
        <translation>Version überspringen</translation>
    </message>
    <message>
        <source>Store Uploader {version} is out.</source>
        <translation>Store Uploader {version} ist da.</translation>
    </message>
    <message>
        <source>The page can’t be opened here. Open it in a browser:</source>
        <translation>Die Seite lässt sich von hier nicht öffnen. Im Browser öffnen:</translation>
    </message>
    <message>
        <source>This is the newest version</source>
        <translation>Das ist die neueste Version</translation>
    </message>
    <message>
        <source>This takes a few seconds at most.</source>
        <translation>Das dauert höchstens ein paar Sekunden.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>Version {version} is out</source>
        <translation>Version {version} ist da</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>Was neu ist</translation>
    </message>
    <message>
        <source>You have skipped the newer one.</source>
        <translation>Die neuere wird übersprungen.</translation>
    </message>
    <message>
        <source>You have version {version}.</source>
        <translation>Hier läuft Version {version}.</translation>
    </message>
</context>
</TS>
