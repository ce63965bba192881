/* Starts the program: the Python beside this file runs start.py with our own words.

   Compiled twice: as StoreUploader.exe it belongs to the window and has no console, as
   store-uploader.exe it is for scripts. Python's main function is all that is called, by its stable
   name, so no header of Python is needed. */

#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

__declspec(dllimport) int Py_Main(int argc, wchar_t **argv);

#define LONGEST 32768
#define OURS 5

static wchar_t place[LONGEST];
static wchar_t script[LONGEST];

int wmain(int argc, wchar_t **argv)
{
    DWORD length = GetModuleFileNameW(NULL, place, LONGEST);
    if (length == 0 || length >= LONGEST - 16)
        return 70;
    wcscpy(script, place);
    wcscpy(wcsrchr(script, L'\\') + 1, L"start.py");

    wchar_t **words = calloc(argc + OURS, sizeof *words);
    if (words == NULL)
        return 71;
    words[0] = place;
    words[1] = L"-I"; /* nothing of the person's environment or folders */
    words[2] = L"-X";
    words[3] = L"utf8";
    words[4] = script;
    for (int i = 1; i < argc; i++)
        words[OURS + i - 1] = argv[i];
    return Py_Main(argc + OURS - 1, words);
}

#ifdef WINDOWED
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, PWSTR line, int show)
{
    (void)instance, (void)before, (void)line, (void)show;
    return wmain(__argc, __wargv);
}
#endif
