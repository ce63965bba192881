; The installer for Windows. `build.py` defines VERSION, NUMBERS, SIZE (KiB), TREE, ICON and OUTPUT,
; and writes files.nsh, which unpacks the tree. With QUICK it is packed badly, but at once.
;
; For the person who starts it, without rights of an administrator. /S asks nothing, /D=FOLDER (the
; last word, without quotation marks) chooses the place the first time; an upgrade stays where the
; program is. Exit codes: 0 done, 1 cancelled by the person, 2 not done; then what was there before
; is as it was.

Unicode true
Target amd64-unicode
!ifdef QUICK
    SetCompressor zlib
!else
    SetCompressor /SOLID lzma
    SetCompressorDictSize 64
!endif
AllowSkipFiles off
ManifestSupportedOS Win10
ManifestDPIAware true
RequestExecutionLevel user

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh

!define NAME "Store Uploader"
!define KEY "StoreUploader"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${KEY}"
!define PROGRAM "$INSTDIR\program"
!define ARRIVING "$INSTDIR\program.arriving"
!define LEAVING "$INSTDIR\program.leaving"

Name "${NAME}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "The Store Uploader authors"
VIAddVersionKey "LegalCopyright" "MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${TREE}/../side.bmp"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "${PROGRAM}\StoreUploader.exe"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!define MUI_PAGE_CUSTOMFUNCTION_SHOW HoldPlace
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

LangString VERB ${LANG_ENGLISH} "Upload with Store Uploader"
LangString VERB ${LANG_GERMAN} "Mit Store Uploader hochladen"
LangString OLD_WINDOWS ${LANG_ENGLISH} "Store Uploader needs Windows 10 or newer."
LangString OLD_WINDOWS ${LANG_GERMAN} "Store Uploader braucht Windows 10 oder neuer."
LangString NEWER ${LANG_ENGLISH} "A newer version of Store Uploader is installed already. Nothing was changed."
LangString NEWER ${LANG_GERMAN} "Eine neuere Version von Store Uploader ist schon installiert. Nichts wurde geändert."
LangString UPGRADE ${LANG_ENGLISH} "Upgrade ${NAME}"
LangString UPGRADE ${LANG_GERMAN} "${NAME} aktualisieren"
LangString PLACE_HELD ${LANG_ENGLISH} "Version ${VERSION} takes the place of the one in this folder. If that one is open, it closes; what is half sent goes on at the next start."
LangString PLACE_HELD ${LANG_GERMAN} "Version ${VERSION} ersetzt die in diesem Ordner. Ist sie offen, wird sie geschlossen; halb Gesendetes geht beim nächsten Start weiter."
LangString FOREIGN ${LANG_ENGLISH} "This folder has a folder “program” that isn’t Store Uploader’s. Choose another one."
LangString FOREIGN ${LANG_GERMAN} "In diesem Ordner gibt es schon einen Ordner „program“, der nicht zu Store Uploader gehört. Bitte einen anderen wählen."
LangString RUNNING ${LANG_ENGLISH} "Store Uploader is still running. Close it, then choose Retry."
LangString RUNNING ${LANG_GERMAN} "Store Uploader läuft noch. Schließen, dann Wiederholen wählen."
LangString INCOMPLETE ${LANG_ENGLISH} "Not all files could be written. Make room on the disk, or choose another folder. What was there before is unchanged."
LangString INCOMPLETE ${LANG_GERMAN} "Nicht alle Dateien ließen sich schreiben. Platz schaffen oder einen anderen Ordner wählen. Was vorher da war, ist unverändert."
LangString KEPT ${LANG_ENGLISH} "The list of photos and the settings are kept in $LOCALAPPDATA\store-uploader."
LangString KEPT ${LANG_GERMAN} "Die Liste der Fotos und die Einstellungen bleiben in $LOCALAPPDATA\store-uploader."

; Removes a folder of ours; what still had files of it in use ends within moments.
!macro CLEAR FOLDER
    ${For} $1 1 40
        RMDir /r "${FOLDER}"
        ${IfNot} ${FileExists} "${FOLDER}\*.*"
            ${Break}
        ${EndIf}
        Sleep 250
    ${Next}
!macroend

; Has a running program end as a person would: what is half sent goes on at the next start. Then
; moves it out of the way, which Windows refuses while any of it is in use.
!macro RETIRE UN
Function ${UN}Retire
    ${Do}
        ${IfNot} ${FileExists} "${PROGRAM}\store-uploader.exe"
            Return
        ${EndIf}
        nsExec::Exec '"${PROGRAM}\store-uploader.exe" close'
        Pop $0
        ${If} $0 == 0
            !insertmacro CLEAR "${LEAVING}"
            ; What the program had started for itself ends a moment after it.
            ${For} $1 1 20
                ClearErrors
                Rename "${PROGRAM}" "${LEAVING}"
                ${IfNot} ${Errors}
                    Return
                ${EndIf}
                Sleep 250
            ${Next}
        ${EndIf}
        ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDCANCEL`
            SetErrorLevel 2
            Call ${UN}GiveUp
        ${EndIf}
    ${Loop}
FunctionEnd
!macroend

Function GiveUp
    SetOutPath "$TEMP"
    RMDir /r "${ARRIVING}"
    RMDir "$INSTDIR"
    Quit
FunctionEnd

Function un.GiveUp
    Quit
FunctionEnd

!insertmacro RETIRE ""
!insertmacro RETIRE "un."

Function .onInit
    ${IfNot} ${AtLeastWin10}
        MessageBox MB_OK|MB_ICONSTOP "$(OLD_WINDOWS)" /SD IDOK
        SetErrorLevel 2
        Quit
    ${EndIf}
    ReadRegStr $0 HKCU "${UNINSTALL}" "DisplayVersion"
    ${If} $0 != ""
        ${VersionCompare} "$0" "${VERSION}" $1
        ${If} $1 == 1
            MessageBox MB_OK|MB_ICONEXCLAMATION "$(NEWER)" /SD IDOK
            SetErrorLevel 2
            Quit
        ${EndIf}
    ${EndIf}
    ; An upgrade stays where the program is. In another folder it would leave the old one behind,
    ; with an uninstaller that takes the shortcuts and keys of both.
    ReadRegStr $0 HKCU "${UNINSTALL}" "InstallLocation"
    ${If} $0 != ""
    ${AndIf} ${FileExists} "$0\program\StoreUploader.exe"
        StrCpy $INSTDIR $0
    ${EndIf}
FunctionEnd

; Shows the place of what is installed, as something that can't be chosen.
Function HoldPlace
    ${If} ${FileExists} "${PROGRAM}\StoreUploader.exe"
        !insertmacro MUI_HEADER_TEXT "$(UPGRADE)" ""
        SendMessage $mui.DirectoryPage.Text ${WM_SETTEXT} 0 "STR:$(PLACE_HELD)"
        EnableWindow $mui.DirectoryPage.Directory 0
        EnableWindow $mui.DirectoryPage.BrowseButton 0
    ${EndIf}
FunctionEnd

; A verb in the context menu beside what Windows opens the file with, which stays as it is.
!macro VERB CLASS
    WriteRegStr HKCU "Software\Classes\${CLASS}\shell\${KEY}" "" "$(VERB)"
    WriteRegStr HKCU "Software\Classes\${CLASS}\shell\${KEY}" "Icon" '"${PROGRAM}\StoreUploader.exe"'
    WriteRegStr HKCU "Software\Classes\${CLASS}\shell\${KEY}" "MultiSelectModel" "Player"
    WriteRegStr HKCU "Software\Classes\${CLASS}\shell\${KEY}\command" "" '"${PROGRAM}\StoreUploader.exe" "%1"'
!macroend

; The empty keys above it go too, unless somebody else uses them.
!macro NOVERB CLASS
    DeleteRegKey HKCU "Software\Classes\${CLASS}\shell\${KEY}"
    DeleteRegKey /ifempty HKCU "Software\Classes\${CLASS}\shell"
    DeleteRegKey /ifempty HKCU "Software\Classes\${CLASS}"
!macroend

!include "${TREE}/../verbs.nsh"

Section
    ${If} ${FileExists} "${PROGRAM}\*.*"
    ${AndIfNot} ${FileExists} "${PROGRAM}\StoreUploader.exe"
        MessageBox MB_OK|MB_ICONSTOP "$(FOREIGN)" /SD IDOK
        SetErrorLevel 2
        Quit
    ${EndIf}
    ; All of it arrives beside the old one, which goes on working; then one takes the other's place.
    RMDir /r "${ARRIVING}"
    ClearErrors
    !include "${TREE}/../files.nsh"
    SetOutPath "$INSTDIR"
    ${If} ${Errors}
        MessageBox MB_OK|MB_ICONSTOP "$(INCOMPLETE)" /SD IDOK
        SetErrorLevel 2
        Call GiveUp
    ${EndIf}
    nsExec::Exec '"${ARRIVING}\store-uploader.exe" --make-ready'
    Pop $0
    Call Retire
    ClearErrors
    Rename "${ARRIVING}" "${PROGRAM}"
    ${If} ${Errors}
        Rename "${LEAVING}" "${PROGRAM}"
        MessageBox MB_OK|MB_ICONSTOP "$(INCOMPLETE)" /SD IDOK
        SetErrorLevel 2
        Call GiveUp
    ${EndIf}
    !insertmacro CLEAR "${LEAVING}"

    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "${PROGRAM}\StoreUploader.exe"
    ; Of many chosen files each verb starts a program of its own; this hands over all at once.
    CreateShortcut "$SENDTO\${NAME}.lnk" "${PROGRAM}\StoreUploader.exe"
    !insertmacro VERBS VERB

    WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "${PROGRAM}\StoreUploader.exe"
    WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Store Uploader authors"
    WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegStr HKCU "${UNINSTALL}" "Comments" "$(KEPT)"
    WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE}
    WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

; What the person made stays: the list of photos, settings, and sign-in keys in the system's keychain.
Section "Uninstall"
    Call un.Retire
    SetOutPath "$TEMP"
    !insertmacro CLEAR "${LEAVING}"
    RMDir /r "${ARRIVING}"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    ; Made by the first program of this person's own; it stays if there is another one.
    RMDir "$LOCALAPPDATA\Programs"
    Delete "$SMPROGRAMS\${NAME}.lnk"
    Delete "$SENDTO\${NAME}.lnk"
    !insertmacro VERBS NOVERB
    ; The program sets it where the person wants it to start with the system.
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${NAME}"
    DeleteRegKey HKCU "${UNINSTALL}"
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
